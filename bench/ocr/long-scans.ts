import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { z } from 'zod'
import { createDocument } from '@pdf-smaller/testing/pdf/document'
import { addGroup4 } from '@pdf-smaller/testing/pdf/group4-image'

const execute = promisify(execFile)
const taskProcess = path.join(import.meta.dirname, '../conversion/task-process.ts')
const Measured = z.object({ ms: z.number(), peakMb: z.number() })

/** Reads scans of 100 and 1,000 slips of paper, with all exports, each in a process of its own: memory must not grow with the pages. */
export async function longScanTable(source: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-long-'))
  const rows = ['| pages | pages a minute | peak memory of the process, MB |', '|---|---|---|']
  try {
    for (const pages of [100, 1000]) {
      const file = path.join(folder, `${pages}.pdf`)
      await writeFile(file, await slips(source, pages, folder))
      const options = { sidecar: true, hocr: true, alto: true }
      const order = JSON.stringify({ task: 'ocr', files: [file], options, rounds: 1 })
      const { stdout } = await execute(process.execPath, [taskProcess, order], { maxBuffer: 2 ** 26 })
      const { ms, peakMb } = Measured.parse(JSON.parse(stdout))
      rows.push(`| ${pages} | ${((pages * 60_000) / ms).toFixed(0)} | ${peakMb.toFixed(0)} |`)
    }
    return rows.join('\n')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Pages of a few lines each, as black and white scans of 200 dpi; each has an image of its own. */
async function slips(source: string, pages: number, folder: string): Promise<Buffer> {
  const page = path.join(folder, 'page')
  await execute('pdftoppm', ['-r', '200', '-gray', '-tiff', '-singlefile', source, page])
  const { data, info } = await sharp(`${page}.tif`)
    .extract({ left: 150, top: 200, width: 1350, height: 300 })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const pixels = Uint8Array.from(data, (light) => (light < 128 ? 1 : 0))
  const size = { width: width * 0.36, height: height * 0.36 }
  const document = createDocument({ title: 'Slips', producer: 'Bench' })
  for (let at = 0; at < pages; at++) {
    const image = addGroup4(document.writer, { width, height, pixels })
    document.page(size).image(image, { x: 0, y: 0, ...size })
  }
  return document.save()
}

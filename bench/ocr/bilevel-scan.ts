import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { addGroup4 } from '@pdf-smaller/testing/pdf/group4-image'
import { createDocument } from '@pdf-smaller/testing/pdf/document'

/** The pages of a scan as a scanner set to black and white at 200 dpi gives them: one bit a pixel, Group 4. */
export async function bilevelScan(file: string): Promise<Buffer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pdf-smaller-bench-'))
  try {
    execFileSync('pdftoppm', ['-r', '200', '-gray', '-tiff', file, path.join(folder, 'page')])
    const document = createDocument({ title: 'Scan', producer: 'Bench' })
    for (const name of readdirSync(folder).sort()) {
      const { data, info } = await sharp(path.join(folder, name))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const { width, height } = info
      const pixels = Uint8Array.from(data, (light) => (light < 128 ? 1 : 0))
      const image = addGroup4(document.writer, { width, height, pixels })
      const size = { width: width * 0.36, height: height * 0.36 }
      document.page(size).image(image, { x: 0, y: 0, ...size })
    }
    return document.save()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

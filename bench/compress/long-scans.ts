import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { writeScan } from './scan-of.ts'

const execute = promisify(execFile)
const Measured = z.object({
  seconds: z.number(),
  peakBytes: z.number(),
  bytes: z.number(),
  ratio: z.number(),
})
export type LongScan = z.infer<typeof Measured> & { pages: number }

/** Compresses scans of 10 and 100 pages, each in a process of its own: memory must not grow with the pages. */
export async function measureLongScans(): Promise<LongScan[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-long-'))
  try {
    const found: LongScan[] = []
    for (const pages of [10, 100]) {
      const file = path.join(folder, `${pages}.pdf`)
      await writeScan(file, pages)
      const program = path.join(import.meta.dirname, 'compress-large.ts')
      const { stdout } = await execute(process.execPath, [program, file])
      found.push({ pages, ...Measured.parse(JSON.parse(stdout)) })
    }
    return found
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function longScanTable(scans: readonly LongScan[]): string {
  const rows = scans.map(({ pages, bytes, seconds, peakBytes, ratio }) => {
    const cells = [pages, `${Math.round(bytes / 1e6)} MB`, `${seconds.toFixed(1)} s`]
    return `| ${[...cells, `${Math.round(peakBytes / 1e6)} MB`, ratio.toFixed(3)].join(' | ')} |`
  })
  const head =
    '| pages of a scan | size | time | peak memory of the process | out/in |\n|---|---|---|---|---|'
  return [head, ...rows].join('\n')
}

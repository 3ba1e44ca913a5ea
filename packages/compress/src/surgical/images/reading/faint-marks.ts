import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { coloursIn } from './colours-in.ts'
import { faintStrokes } from './faint-strokes.ts'
import { type FoundMarks, openMarks } from './marks.ts'

/** What comes to less, levels times square points, is grain. */
const leastSum = 8
/** A mark is judged in parts of that height. */
const windowsPerInch = 6

/**
 * Finds the marks of a page that are too faint for `marksOf`, in its pixels. Of strokes their cores.
 * @param luma the lightness of the page
 * @param page in a resolution in which marks can be told apart
 * @returns none where paper is as uneven as they are
 */
export function faintMarksOf(page: Pixels, luma: Plane, ppi: number): FoundMarks {
  const marks = openMarks(Math.round(ppi / windowsPerInch))
  const { half, depths } = faintStrokes(luma, ppi) ?? {}
  if (!half || !depths) return marks.found(0)
  for (let y = 0; y < half.height; y++) {
    const runs = runsOf(depths, y * half.width, half)
    for (const row of [2 * y, 2 * y + 1]) {
      for (const { start, end, depth, around } of runs) {
        const from = row * page.width
        const colours = coloursIn(page, from + 2 * start, from + 2 * end)
        const area = 2 * (end - start)
        marks.add('dark', 2 * start, 2 * end, { area, around: 2 * around, contrast: 2 * depth, ...colours })
      }
      marks.endRow()
    }
  }
  if (luma.height % 2 === 1) marks.endRow()
  return marks.isFull() ? openMarks(1).found(0) : marks.found(leastSum * (ppi / 72) ** 2)
}

type Run = { start: number; end: number; depth: number; around: number }

/** The runs of strokes in a row, with the sums of how dark they are and of their ground. */
function runsOf(depths: Uint8Array, from: number, { width, samples }: Plane): Run[] {
  const runs: Run[] = []
  for (let x = 0; x < width; x++) {
    if ((depths[from + x] ?? 0) === 0) continue
    const run = { start: x, end: x, depth: 0, around: 0 }
    for (; x < width && (depths[from + x] ?? 0) > 0; x++) {
      const depth = depths[from + x] ?? 0
      run.depth += depth
      run.around += depth + (samples[from + x] ?? 0)
    }
    runs.push({ ...run, end: x })
  }
  return runs
}

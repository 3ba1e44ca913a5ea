import { lumaAt, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Box, Polarity, Runs } from '../reading/marks.ts'
import { isInk, surePaper } from './split.ts'

/** A mark is what differs from what is beside it by so much of the contrast of its strongest pixel. */
const leastDepth = 0.3
/** How far around a mark its ground is looked for, in pixels. */
const margin = 2

/** Makes dark marks ink, where they were too faint for it or too small, and light ones paper, where ink had covered them. */
export function addMarks(
  ink: Uint8Array,
  page: Pixels,
  marks: readonly (Box & { polarity: Polarity })[],
): void {
  for (const mark of marks) {
    const isDark = mark.polarity === 'dark'
    const [own, around] = [rangeIn(page, mark, 0), rangeIn(page, mark, margin)]
    // Beside a strong mark a faint one is measured by itself.
    const [strongest, ground] = isDark ? [own.darkest, around.lightest] : [own.lightest, around.darkest]
    const threshold = ground + (strongest - ground) * leastDepth
    forEachPixel(page, mark, 0, (at) => {
      const luma = lumaAt(page, at)
      if (isDark ? luma <= threshold : luma >= threshold) ink[at] = isDark ? isInk : surePaper
    })
  }
}

function rangeIn(page: Pixels, box: Box, wider: number): { darkest: number; lightest: number } {
  let [darkest, lightest] = [255, 0]
  forEachPixel(page, box, wider, (at) => {
    const luma = lumaAt(page, at)
    darkest = Math.min(darkest, luma)
    lightest = Math.max(lightest, luma)
  })
  return { darkest, lightest }
}

/** Makes ink of the pixels of faint marks, which stand out from grain only together. */
export function addFaint(ink: Uint8Array, { width }: Pixels, { rows, starts, ends }: Runs): void {
  for (let y = 0; y + 1 < rows.length; y++)
    for (let run = rows[y] ?? 0; run < (rows[y + 1] ?? 0); run++)
      ink.fill(isInk, y * width + (starts[run] ?? 0), y * width + (ends[run] ?? 0))
}

function forEachPixel(
  { width, height }: Pixels,
  { left, top, right, bottom }: Box,
  wider: number,
  visit: (at: number) => void,
): void {
  for (let y = Math.max(0, top - wider); y < Math.min(height, bottom + wider); y++)
    for (let x = Math.max(0, left - wider); x < Math.min(width, right + wider); x++) visit(y * width + x)
}

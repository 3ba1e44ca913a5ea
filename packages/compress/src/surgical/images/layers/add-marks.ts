import { lumaAt, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Box, Polarity } from '../reading/marks.ts'

/** A mark is what is darker than the paper beside it by so much of the contrast of its darkest pixel. */
const leastDepth = 0.3
/** How far around a mark paper is looked for, in pixels. */
const margin = 2

/** Makes dark marks ink, where they were too faint for it or too small. */
export function addMarks(
  ink: Uint8Array,
  page: Pixels,
  marks: readonly (Box & { polarity: Polarity })[],
): void {
  const { width, height } = page
  for (const { left, top, right, bottom, polarity } of marks) {
    if (polarity === 'light') continue
    const rows = [Math.max(0, top - margin), Math.min(height, bottom + margin)] as const
    const columns = [Math.max(0, left - margin), Math.min(width, right + margin)] as const
    const pixels: number[] = []
    let [darkest, lightest] = [255, 0]
    for (let y = rows[0]; y < rows[1]; y++) {
      for (let x = columns[0]; x < columns[1]; x++) {
        const luma = lumaAt(page, y * width + x)
        darkest = Math.min(darkest, luma)
        lightest = Math.max(lightest, luma)
        if (x >= left && x < right && y >= top && y < bottom) pixels.push(y * width + x)
      }
    }
    const threshold = lightest - (lightest - darkest) * leastDepth
    for (const at of pixels) if (lumaAt(page, at) <= threshold) ink[at] = 1
  }
}

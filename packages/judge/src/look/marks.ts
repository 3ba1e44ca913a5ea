import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Paper around a mark, and how much darker than that it is, of 255. */
const [leastPaper, leastDarkness] = [160, 70]
/** A mark is found again with this part of its darkness. */
const foundPart = 0.3
/** Paper is sought so many pixels around. */
const reach = 3

/**
 * Marks on paper, down to a decimal point, that a second picture of the same size does not have: each a pixel that is
 * darker than the paper around it and than the pixels beside it.
 * @returns how many, and of how many
 */
export function lostMarks(before: Plane, after: Plane): { lost: number; marks: number } {
  let [lost, marks] = [0, 0]
  for (const { at, paper, darkness } of marksOf(before)) {
    marks++
    if (paper - darkestAround(after.samples, at, before.width) < foundPart * darkness) lost++
  }
  return { lost, marks }
}

/** How many marks there are on the paper of a page. */
export function marksIn(page: Pixels): number {
  return Array.from(marksOf(lumaOf(page))).length
}

function* marksOf({
  width,
  height,
  samples,
}: Plane): Generator<{ at: number; paper: number; darkness: number }> {
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x
      const value = samples[at] ?? 0
      if (value > 255 - leastDarkness || value > darkestAround(samples, at, width)) continue
      const paper = paperAround(samples, at, width)
      if (paper >= leastPaper && paper - value >= leastDarkness) yield { at, paper, darkness: paper - value }
    }
  }
}

function darkestAround(samples: Uint8Array, at: number, width: number): number {
  let least = 255
  for (let row = at - width; row <= at + width; row += width)
    for (let each = row - 1; each <= row + 1; each++) least = Math.min(least, samples[each] ?? 255)
  return least
}

/** The second lightest of the eight places around, so that one light pixel is no paper. */
function paperAround(samples: Uint8Array, at: number, width: number): number {
  let [most, second] = [0, 0]
  for (const down of [-reach, 0, reach]) {
    for (const right of [-reach, 0, reach]) {
      const value = samples[at + down * width + right] ?? 0
      if (value > most) [most, second] = [value, most]
      else if (value > second) second = value
    }
  }
  return second
}

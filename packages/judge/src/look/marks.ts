import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'

/** Paper around a mark, how much darker than that it is, and with the pixels beside it: of 255, and of a pixel's ink. */
const [leastPaper, leastDarkness, leastInk] = [160, 40, 180]
/** A mark is found again with this part of its ink, which blur and half a pixel's shift leave as it is. */
const foundPart = 0.4
/** Paper is sought so many pixels around. */
const reach = 3
/**
 * An engine that enlarges a coarse picture may put it aside by half of the picture's own pixel: by one that is drawn for
 * each so many to an inch. On pages drawn with fewer that would reach the digit beside a point.
 */
const ppiOfShift = 150

/**
 * Marks on paper, down to a decimal point, that a second picture of the same size does not have: each a pixel that is
 * darker than the paper around it and no lighter than the pixels beside it.
 * @param ppi with which both are drawn
 * @returns how many, and of how many
 */
export function lostMarks(before: Plane, after: Plane, ppi: number): { lost: number; marks: number } {
  let [lost, marks] = [0, 0]
  for (const { isLost } of markedIn(before, after, ppi, foundPart)) {
    marks++
    if (isLost) lost++
  }
  return { lost, marks }
}

/**
 * Where the marks are that a second picture would lose for `lostMarks`, as the numbers of their pixels.
 * @param leastFound the part of its ink with which a mark is found again, 0 to 1: more than the judge asks for is on the safe side
 */
export function placesOfLostMarks(before: Plane, after: Plane, ppi: number, leastFound: number): number[] {
  const places: number[] = []
  for (const { at, isLost } of markedIn(before, after, ppi, leastFound)) if (isLost) places.push(at)
  return places
}

function* markedIn(before: Plane, after: Plane, ppi: number, part: number) {
  const shift = Math.min(reach - 1, Math.floor(ppi / ppiOfShift))
  for (const { at, paper, ink } of marksOf(before))
    yield { at, isLost: !isFound(after, at, shift, paper, part * ink) }
}

/** Whether there is so much ink at a place, or as near to it as an engine may have shifted it. */
function isFound({ samples, width }: Plane, at: number, shift: number, paper: number, ink: number): boolean {
  if (inkAround(samples, at, width, paper) >= ink) return true
  for (let down = -shift; down <= shift; down++)
    for (let right = -shift; right <= shift; right++)
      if (inkAround(samples, at + down * width + right, width, paper) >= ink) return true
  return false
}

/** How many marks there are on the paper of a page. */
export function marksIn(page: Pixels): number {
  return Array.from(marksOf(lumaOf(page))).length
}

function* marksOf({ width, height, samples }: Plane): Generator<{ at: number; paper: number; ink: number }> {
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x
      const value = samples[at] ?? 0
      if (value > 255 - leastDarkness || value > darkestAround(samples, at, width)) continue
      const paper = paperAround(samples, at, width)
      if (paper < leastPaper || paper - value < leastDarkness) continue
      const ink = inkAround(samples, at, width, paper)
      if (ink >= leastInk) yield { at, paper, ink }
    }
  }
}

function darkestAround(samples: Uint8Array, at: number, width: number): number {
  let least = 255
  for (let row = at - width; row <= at + width; row += width)
    for (let each = row - 1; each <= row + 1; each++) least = Math.min(least, samples[each] ?? 255)
  return least
}

/** How much darker than paper a pixel and those beside it are, in all. */
function inkAround(samples: Uint8Array, at: number, width: number, paper: number): number {
  let ink = 0
  for (let row = at - width; row <= at + width; row += width)
    for (let each = row - 1; each <= row + 1; each++) ink += Math.max(0, paper - (samples[each] ?? 255))
  return ink
}

/** The third lightest of the eight places around: what lies between a light spot and a shade is no paper. */
function paperAround(samples: Uint8Array, at: number, width: number): number {
  let [most, second, third] = [0, 0, 0]
  for (const down of [-reach, 0, reach]) {
    for (const right of [-reach, 0, reach]) {
      const value = samples[at + down * width + right] ?? 0
      if (value > most) [most, second, third] = [value, most, second]
      else if (value > second) [second, third] = [value, second]
      else if (value > third) third = value
    }
  }
  return third
}

import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import type { DrawnRows } from './drawn-rows.ts'
import { faintMarksOf } from './faint-marks.ts'
import type { Box, FoundMarks, Mark, Runs } from './marks.ts'
import { marksOf } from './page-marks.ts'
import { lostTiles, openTiles } from './tiles.ts'

/** What a reader of a page misses in its new form. */
export type Losses = {
  /** Marks that are gone or have less than half their contrast left. */
  faded: Mark[]
  /** Faint marks that are gone, or blurred to a shade. */
  blurred: Mark[]
  /** Marks of another colour. */
  discoloured: Mark[]
  /** Tiles that have another colour, or hardly anything of what is drawn in them. */
  tiles: Box[]
}

export const isWhole = ({ faded, blurred, discoloured, tiles }: Losses): boolean =>
  faded.length + blurred.length + discoloured.length + tiles.length === 0

/** Where something is lost. */
export const boxesOf = ({ faded, blurred, discoloured, tiles }: Losses): Box[] => [
  ...faded,
  ...blurred,
  ...discoloured,
  ...tiles,
]

/** A colour may move by so many levels, and by so much of itself where it is strong. */
const [mostMoved, mostMovedPart] = [36, 0.5]
/** The part of their contrast that faint marks keep at least: with less they are a shade. */
const leastKeptOfFaint = 0.5
/** Every second row tells the colour and the contrast of a tile. */
const rowStep = 2

/** By how much the colour of a tile may change, in levels of 255, and the part of its contrast that a mark must keep. */
export type LossLimits = { mostColour: number; leastKept: number }

/** Compares a page with a form in which it is drawn, in the same size: mark by mark and tile by tile. */
export type Reading = (drawn: DrawnRows, limits: LossLimits) => Losses

/**
 * Reads a page once, for whatever number of new forms it is then compared with.
 * @param luma the lightness of the page
 * @param page in a resolution in which the point of small type is several pixels: 250 pixels per inch or more
 * @returns undefined where it can't be told what is to be read
 */
export function openReading(
  page: Pixels,
  luma: Plane,
  ppi: number,
  faint: FoundMarks = faintMarksOf(page, luma, ppi),
): Reading | undefined {
  const found = marksOf(page, luma, ppi)
  if (!found) return undefined
  const { width, height, channels, samples } = page
  const tiles = () => openTiles({ width, channels, ppi, rowStep })
  const own = tiles()
  for (let y = 0; y < height; y += rowStep)
    own.add(samples.subarray(y * width * channels, (y + 1) * width * channels))
  const before = own.moments()
  return (drawn, { mostColour, leastKept }) => {
    const now = tiles()
    const [sums, faintSums] = sumsNow([found, faint], channels, height, (y, isNeeded) => {
      const isOfTiles = y % rowStep === 0
      if (!isNeeded && !isOfTiles) return undefined
      const row = drawn(y)
      if (isOfTiles) now.add(row)
      return row
    })
    return {
      faded: found.marks.filter((mark, number) => keptOf(mark, sums, number) < leastKept),
      blurred: faint.marks.filter(
        (mark, number) => keptOf(mark, faintSums, number) < Math.max(leastKept, leastKeptOfFaint),
      ),
      discoloured:
        channels === 1 ? [] : found.marks.filter((mark, number) => hasOtherColour(mark, sums, number)),
      tiles: lostTiles(before, now.moments(), { channels, grain: found.grain, mostColour }).map(now.boxOf),
    }
  }
}

/** Sums over the pixels of each mark as it is drawn. */
type DrawnSums = { lightness: Float64Array; red: Float64Array; blue: Float64Array }

/** Those of each of several sets of marks. */
function sumsNow(
  sets: readonly [FoundMarks, FoundMarks],
  channels: 1 | 3,
  height: number,
  rowAt: (y: number, isNeeded: boolean) => Uint8Array | undefined,
): [DrawnSums, DrawnSums] {
  const [one, other] = [openSums(sets[0].marks.length), openSums(sets[1].marks.length)]
  for (let y = 0; y < height; y++) {
    const row = rowAt(
      y,
      sets.some(({ runs: { rows } }) => (rows[y + 1] ?? 0) > (rows[y] ?? 0)),
    )
    if (!row) continue
    addRow(one, sets[0].runs, channels, y, row)
    addRow(other, sets[1].runs, channels, y, row)
  }
  return [one, other]
}

const openSums = (marks: number): DrawnSums => ({
  lightness: new Float64Array(marks),
  red: new Float64Array(marks),
  blue: new Float64Array(marks),
})

function addRow(
  { lightness, red, blue }: DrawnSums,
  { rows, starts, ends, owners }: Runs,
  channels: 1 | 3,
  y: number,
  row: Uint8Array,
): void {
  for (let run = rows[y] ?? 0; run < (rows[y + 1] ?? 0); run++) {
    const owner = owners[run] ?? 0
    const [start, end] = [(starts[run] ?? 0) * channels, (ends[run] ?? 0) * channels]
    let sum = 0
    if (channels === 1) for (let at = start; at < end; at++) sum += row[at] ?? 0
    else {
      let [redSum, blueSum] = [0, 0]
      for (let at = start; at < end; at += 3) {
        const r = row[at] ?? 0
        const g = row[at + 1] ?? 0
        const b = row[at + 2] ?? 0
        sum += (77 * r + 150 * g + 29 * b) / 256
        redSum += r - g
        blueSum += b - g
      }
      red[owner] = (red[owner] ?? 0) + redSum
      blue[owner] = (blue[owner] ?? 0) + blueSum
    }
    lightness[owner] = (lightness[owner] ?? 0) + sum
  }
}

/** The part of its contrast that is left of a mark. */
function keptOf({ polarity, around, contrast }: Mark, { lightness }: DrawnSums, number: number): number {
  const darker = around - (lightness[number] ?? 0)
  return (polarity === 'dark' ? darker : -darker) / contrast
}

/**
 * The rims of light marks have the colour of their ground, which says nothing. A mark that has become darker has more of
 * its colour too.
 */
function hasOtherColour(mark: Mark, sums: DrawnSums, number: number): boolean {
  const { polarity, area, red, blue } = mark
  if (polarity === 'light') return false
  const darker = Math.max(1, keptOf(mark, sums, number))
  const strength = Math.hypot(red, blue) / area
  const [redNow, blueNow] = [(sums.red[number] ?? 0) / darker, (sums.blue[number] ?? 0) / darker]
  return Math.hypot(redNow - red, blueNow - blue) / area > Math.max(mostMoved, strength * mostMovedPart)
}

import { localRows } from '@pdf-smaller/pictures/local-means'
import { percentile } from '@pdf-smaller/pictures/percentile'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import type { DrawnRows } from './drawn-rows.ts'
import { type Mark, type MarkCollector, openMarks, type Polarity, type Sums } from './marks.ts'
import { openTiles } from './tiles.ts'

/** What a reader of a page misses in its new form. */
export type Losses = {
  /** Marks that are gone or have less than half their contrast left. */
  faded: Mark[]
  /** Marks of another colour. */
  discoloured: Mark[]
  /** How many tiles have another colour, or hardly anything of what is drawn in them. */
  tiles: number
  /** Whether it can't be told: no page of text has so many marks. */
  isTooMuch: boolean
}

export const isWhole = ({ faded, discoloured, tiles, isTooMuch }: Losses): boolean =>
  faded.length + discoloured.length + tiles === 0 && !isTooMuch

/** A mark differs from what is around it by a tenth of full contrast at least, and by more than grain does. */
const [leastContrast, grainDeviations] = [24, 4]
/** With more grain than this, in levels, nothing can be told from it. */
const mostGrain = 24
/**
 * The point of 4 pt type is .35 pt wide and .42 pt high, and 100 levels darker than paper where it is grey. Blur spreads
 * that and keeps the sum, levels times square points; what comes to less is grain, or the ripple of a JPEG.
 */
const leastSum = 14
/** What is around: a sixth of an inch, as where ink is told from paper. A mark is judged in parts of that height. */
const windowsPerInch = 6
/** Where what is around is darker than this part of the page's paper, marks are light. */
const [darkGround, paperPart, paperStep] = [0.55, 0.9, 13]
/** The part of its contrast that a mark must keep where it is put in another layer. */
export const keptInLayers = 0.5
/** The same where it is packed with what is around, which blurs a faint mark but never takes it away. */
export const keptInPicture = 0.35
/** A colour may move by so many levels, and by so much of itself where it is strong. */
const [mostMoved, mostMovedPart] = [36, 0.5]

/** By how much the colour of a tile may change, in levels of 255, and the part of its contrast that a mark must keep. */
export type LossLimits = { mostColour: number; leastKept: number }

/**
 * Compares a page with the form in which it is drawn, mark by mark and tile by tile. A mark is connected ink, of a pixel
 * or more: whatever stands out from what is around it, down to the point of 4 pt type. Nothing is recognised.
 * @param page in a resolution in which such a point is several pixels: 250 pixels per inch or more
 * @param drawn the new form in the same size
 */
export function lossesOf(
  page: Pixels,
  ppi: number,
  drawn: DrawnRows,
  { mostColour, leastKept }: LossLimits,
): Losses {
  const { width, channels, samples } = page
  const luma = lumaOf(page)
  const grain = grainOf(luma)
  const tooMuch = { faded: [], discoloured: [], tiles: 0, isTooMuch: true }
  if (grain > mostGrain) return tooMuch
  const standOut = {
    contrast: Math.max(leastContrast, grain * grainDeviations),
    darkBelow: percentile(luma.samples, paperPart, 0, paperStep) * darkGround,
  }
  const around = Math.round(ppi / windowsPerInch)
  const marks = openMarks(around)
  const tiles = openTiles({ width, channels, ppi }, grain, mostColour)
  let y = 0
  for (const { means } of localRows(luma, around >> 1)) {
    const row = samples.subarray(y * width * channels, (y + 1) * width * channels)
    const now = drawn(y)
    collect(marks, luma.samples.subarray(y * width, (y + 1) * width), means, row, now, channels, standOut)
    marks.endRow()
    tiles.add(row, now)
    if (marks.isFull()) return tooMuch
    y++
  }
  const judged = marks.marks().filter(({ before }) => before >= leastSum * (ppi / 72) ** 2)
  return {
    faded: judged.filter(({ before, after }) => after < before * leastKept),
    discoloured: judged.filter(hasOtherColour),
    tiles: tiles.lost(),
    isTooMuch: false,
  }
}

/** The deviation of the noise: the median difference of near pixels, most of which are paper, is .954 of it. */
function grainOf({ samples }: Plane): number {
  const differences = new Uint8Array(Math.floor((samples.length - 3) / paperStep))
  for (let at = 0; at < differences.length; at++) {
    const place = at * paperStep
    differences[at] = Math.abs((samples[place] ?? 0) - (samples[place + 3] ?? 0))
  }
  return percentile(differences, 0.5) / 0.954
}

/** Finds the runs of a row that stand out, and what becomes of them. */
function collect(
  marks: MarkCollector,
  luma: Uint8Array,
  means: Float32Array,
  row: Uint8Array,
  now: Uint8Array,
  channels: 1 | 3,
  { contrast, darkBelow }: { contrast: number; darkBelow: number },
): void {
  const polarityAt = (x: number): Polarity | undefined => {
    const mean = means[x] ?? 0
    const darker = mean - (luma[x] ?? 0)
    if (darker > contrast) return 'dark'
    return darker < -contrast && mean < darkBelow ? 'light' : undefined
  }
  for (let x = 0; x < luma.length; x++) {
    const polarity = polarityAt(x)
    if (!polarity) continue
    const start = x
    const sums: Sums = { area: 0, before: 0, after: 0, red: 0, redAfter: 0, blue: 0, blueAfter: 0 }
    const sign = polarity === 'dark' ? 1 : -1
    do {
      const mean = means[x] ?? 0
      sums.area++
      sums.before += sign * (mean - (luma[x] ?? 0))
      if (channels === 1) sums.after += sign * (mean - (now[x] ?? 0))
      else {
        const at = x * 3
        const [r = 0, g = 0, b = 0] = [now[at], now[at + 1], now[at + 2]]
        sums.after += sign * (mean - (77 * r + 150 * g + 29 * b) / 256)
        sums.red += (row[at] ?? 0) - (row[at + 1] ?? 0)
        sums.blue += (row[at + 2] ?? 0) - (row[at + 1] ?? 0)
        sums.redAfter += r - g
        sums.blueAfter += b - g
      }
      x++
    } while (x < luma.length && polarityAt(x) === polarity)
    marks.add(polarity, start, x, sums)
    x--
  }
}

/**
 * The rims of light marks have the colour of their ground, which says nothing. A mark that has become darker has more of
 * its colour too.
 */
function hasOtherColour({ polarity, area, before, after, red, redAfter, blue, blueAfter }: Mark): boolean {
  if (polarity === 'light') return false
  const darker = Math.max(1, after / before)
  const strength = Math.hypot(red, blue) / area
  const moved = Math.hypot(redAfter / darker - red, blueAfter / darker - blue) / area
  return moved > Math.max(mostMoved, strength * mostMovedPart)
}

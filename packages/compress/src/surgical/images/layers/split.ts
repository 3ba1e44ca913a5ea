import { type Bitmap, rowBytes, setBlack } from '@pdf-smaller/pictures/bitmap'
import { inkOf } from '@pdf-smaller/pictures/ink'
import { percentile } from '@pdf-smaller/pictures/percentile'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'

/** A page as three layers: paper, and the colours of its ink, which show where the mask is 1. */
export type Layers = { paper: Pixels; ink: Pixels; mask: Bitmap }

/** How finely paper and the colours of ink are kept, pixels per inch. */
export type Fineness = { paperPpi: number; inkPpi: number }

/** With less ink there is nothing to gain, with more it is a picture. */
const [leastInk, mostInk] = [0.002, 0.3]

/** The ink of a page, a byte to a pixel; undefined for what does not look like ink on paper. */
export function inkOfPage(page: Pixels, ppi: number): Uint8Array | undefined {
  const ink = withoutSpecks(inkOf(lumaOf(page), ppi), page.width)
  const share = ink.reduce((sum, each) => sum + each, 0) / ink.length
  return share < leastInk || share > mostInk ? undefined : ink
}

/** Ink lighter than this part of the page's paper is faint: of black print the median, rims and all, is under .5. */
const faintPart = 0.55
const [paperPart, paperStep] = [0.9, 13]

/** Whether most print is faint: of few pixels to a letter, what is left in a mask of 1 bit reads as other digits. */
export function isFaint(page: Pixels, ink: Uint8Array): boolean {
  const { samples } = lumaOf(page)
  const inked = samples.filter((_, at) => ink[at] === 1)
  return percentile(inked, 0.5) > percentile(samples, paperPart, 0, paperStep) * faintPart
}

/** Splits a scanned page into layers by what of it is ink. */
export function splitLayers(
  page: Pixels,
  ink: Uint8Array,
  ppi: number,
  { paperPpi, inkPpi }: Fineness,
): Layers {
  const { width, height } = page
  return {
    paper: averages(page, Math.min(1, paperPpi / ppi), paperBeside(ink, width)),
    ink: averages(page, Math.min(1, inkPpi / ppi), coreOf(ink, width)),
    mask: packed(ink, width, height),
  }
}

/**
 * Without single pixels, which are grain and cost as much as letters do. They stay in the paper; beside ink, where the
 * paper is not seen, they stay ink.
 */
function withoutSpecks(ink: Uint8Array, width: number): Uint8Array {
  const kept = new Uint8Array(ink.length)
  const specks: number[] = []
  for (let at = 0; at < ink.length; at++) {
    if (ink[at] === 0) continue
    const neighbours =
      (ink[at - 1] ?? 0) + (ink[at + 1] ?? 0) + (ink[at - width] ?? 0) + (ink[at + width] ?? 0)
    if (neighbours > 0) kept[at] = 1
    else specks.push(at)
  }
  const around = spreadOut(kept, width)
  for (const at of specks) kept[at] = around[at] ?? 0
  return kept
}

/** What the inside of strokes counts, beside 1 for their rims: these tell where there is nothing else. */
const coreWeight = 64

/** How much each pixel says of the colour of ink: much where it has ink on all sides, as the rims of letters are half paper. */
function coreOf(ink: Uint8Array, width: number): Uint8Array {
  const core = Uint8Array.from(ink)
  for (let at = width; at < ink.length - width; at++) {
    const isCore =
      (ink[at] ?? 0) &
      (ink[at - 1] ?? 0) &
      (ink[at + 1] ?? 0) &
      (ink[at - width] ?? 0) &
      (ink[at + width] ?? 0)
    if (isCore === 1) core[at] = coreWeight
  }
  return core
}

/** The paper that shows no ink: all but the ink with its soft edges. */
function paperBeside(ink: Uint8Array, width: number): Uint8Array {
  const beside = spreadOut(ink, width)
  for (let at = 0; at < beside.length; at++) beside[at] = 1 - (beside[at] ?? 0)
  return beside
}

/** The ink with its soft edges: two pixels more to each side. */
function spreadOut(ink: Uint8Array, width: number): Uint8Array {
  const across = new Uint8Array(ink.length)
  for (let at = 2; at < ink.length - 2; at++) if (ink[at] === 1) across.fill(1, at - 2, at + 3)
  const spread = Uint8Array.from(across)
  for (const rows of [1, 2]) {
    const shift = rows * width
    for (let at = 0; at < ink.length - shift; at++) {
      if (across[at] === 1) spread[at + shift] = 1
      if (across[at + shift] === 1) spread[at] = 1
    }
  }
  return spread
}

/** The picture reduced to a part of its sides, each pixel the average of those below it by their weights; those without any are like those around. */
function averages(page: Pixels, scale: number, weights: Uint8Array): Pixels {
  const { width, height, channels, samples } = page
  const [columns, rows] = [Math.ceil(width * scale), Math.ceil(height * scale)]
  const columnOf = Uint32Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width))
  const sums = new Float64Array(columns * rows * channels)
  const totals = new Float64Array(columns * rows)
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns
    for (let x = 0; x < width; x++, pixel++) {
      const weight = weights[pixel] ?? 0
      if (weight === 0) continue
      const cell = row + (columnOf[x] ?? 0)
      totals[cell] = (totals[cell] ?? 0) + weight
      for (let channel = 0; channel < channels; channel++) {
        const sum = cell * channels + channel
        sums[sum] = (sums[sum] ?? 0) + weight * (samples[pixel * channels + channel] ?? 0)
      }
    }
  }
  return filled(sums, totals, { columns, rows, channels })
}

function filled(
  sums: Float64Array,
  totals: Float64Array,
  { columns, rows, channels }: { columns: number; rows: number; channels: 1 | 3 },
): Pixels {
  const result = new Uint8Array(sums.length)
  for (let cell = 0, at = 0; cell < totals.length; cell++)
    for (let channel = 0; channel < channels; channel++, at++)
      result[at] = (sums[at] ?? 0) / Math.max(1, totals[cell] ?? 1)
  const known = Uint8Array.from(totals, (total) => (total > 0 ? 1 : 0))
  const fillFrom = (cell: number, near: number, above: number) => {
    if (known[cell] === 1) return
    const [first, second] = [known[near] === 1 ? near : above, known[above] === 1 ? above : near]
    if (known[first] !== 1) return
    for (let channel = 0; channel < channels; channel++) {
      const sum = (result[first * channels + channel] ?? 0) + (result[second * channels + channel] ?? 0)
      result[cell * channels + channel] = sum / 2
    }
    known[cell] = 1
  }
  for (let cell = 0; cell < known.length; cell++) fillFrom(cell, cell - 1, cell - columns)
  for (let cell = known.length - 1; cell >= 0; cell--) fillFrom(cell, cell + 1, cell + columns)
  return { width: columns, height: rows, channels, samples: result }
}

function packed(ink: Uint8Array, width: number, height: number): Bitmap {
  const row = rowBytes(width)
  const bits = new Uint8Array(row * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (ink[y * width + x] === 1) setBlack(bits, y * row, x)
  }
  return { width, height, bits }
}

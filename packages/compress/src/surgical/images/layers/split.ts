import { type Bitmap, rowBytes, setBlack } from '@pdf-smaller/pictures/bitmap'
import { inkOf } from '@pdf-smaller/pictures/ink'
import { percentile } from '@pdf-smaller/pictures/percentile'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'

/** A page as three layers: paper, and the colours of its ink, which show where the mask is 1. */
export type Layers = { paper: Pixels; ink: Pixels; mask: Bitmap }

/** What a pixel of a page is: paper, ink, or a light mark that has to be seen however close ink is. */
export const [isPaper, isInk, surePaper] = [0, 1, 2]

/** How finely paper and the colours of ink are kept, pixels per inch. */
export type Fineness = { paperPpi: number; inkPpi: number }

/** With less ink there is nothing to gain, with more it is a picture. */
const [leastInk, mostInk] = [0.002, 0.3]

/** The ink of a page by its lightness, a byte to a pixel (`isPaper` or `isInk`); undefined for what does not look like ink on paper. */
export function inkOfPage(luma: Plane, ppi: number): Uint8Array | undefined {
  const ink = withoutSpecks(inkOf(luma, ppi), luma.width)
  let inked = 0
  for (let at = 0; at < ink.length; at++) inked += ink[at] ?? 0
  const share = inked / ink.length
  return share < leastInk || share > mostInk ? undefined : ink
}

/** Ink lighter than this part of the page's paper is faint: of black print the median, rims and all, is under .5. */
const faintPart = 0.55
const [paperPart, paperStep] = [0.9, 13]

/** Whether most print is faint: of few pixels to a letter, what is left in a mask of 1 bit reads as other digits. */
export function isFaint({ samples }: Plane, ink: Uint8Array): boolean {
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
  const kept = Uint8Array.from(ink)
  const specks: number[] = []
  for (let at = width; at < ink.length - width; at++) {
    if (ink[at] === 0 || ink[at - 1] === 1 || ink[at + 1] === 1) continue
    if (ink[at - width] === 1 || ink[at + width] === 1) continue
    specks.push(at)
    kept[at] = 0
  }
  const isBeside = (at: number) => {
    for (let row = at - soft * width; row <= at + soft * width; row += width)
      for (let near = row - soft; near <= row + soft; near++) if (kept[near] === 1) return true
    return false
  }
  for (const at of specks.filter(isBeside)) kept[at] = 1
  return kept
}

/** What the inside of strokes counts, beside 1 for their rims: these tell where there is nothing else. */
const coreWeight = 64

/** How much each pixel says of the colour of ink: much where it has ink on all sides, as the rims of letters are half paper. */
function coreOf(ink: Uint8Array, width: number): Uint8Array {
  const core = Uint8Array.from(ink)
  for (let at = 0; at < ink.length; at++) {
    if (ink[at] === surePaper) core[at] = 0
    if (ink[at] !== isInk || at < width || at >= ink.length - width) continue
    const across = ink[at - 1] === isInk && ink[at + 1] === isInk
    if (across && ink[at - width] === isInk && ink[at + width] === isInk) core[at] = coreWeight
  }
  return core
}

/** The soft edges of ink, in pixels to each side. */
const soft = 2

/** The paper that shows no ink: all but the ink with its soft edges, and what is sure to be paper. */
function paperBeside(ink: Uint8Array, width: number): Uint8Array {
  const paper = new Uint8Array(ink.length).fill(1)
  const sure: number[] = []
  for (let at = 0; at < ink.length; at++) {
    if (ink[at] !== isInk) {
      if (ink[at] === surePaper) sure.push(at)
      continue
    }
    const start = at
    while (ink[at + 1] === isInk && (at + 1) % width !== 0) at++
    for (let row = -soft * width; row <= soft * width; row += width)
      paper.fill(0, Math.max(0, start - soft + row), Math.max(0, at + soft + 1 + row))
  }
  for (const at of sure) paper[at] = 1
  return paper
}

/** The picture reduced to a part of its sides, each pixel the average of those below it by their weights; those without any are like those around. */
function averages(page: Pixels, scale: number, weights: Uint8Array): Pixels {
  const { width, height, channels, samples } = page
  const [columns, rows] = [Math.ceil(width * scale), Math.ceil(height * scale)]
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width))
  const sums = new Uint32Array(columns * rows * channels)
  const totals = new Uint32Array(columns * rows)
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns
    for (let x = 0; x < width; x++, pixel++) {
      const weight = weights[pixel] ?? 0
      if (weight === 0) continue
      const cell = row + (columnOf[x] ?? 0)
      totals[cell] = (totals[cell] ?? 0) + weight
      const [to, from] = [cell * channels, pixel * channels]
      for (let channel = 0; channel < channels; channel++)
        sums[to + channel] = (sums[to + channel] ?? 0) + weight * (samples[from + channel] ?? 0)
    }
  }
  return filled(sums, totals, { columns, rows, channels })
}

function filled(
  sums: Uint32Array,
  totals: Uint32Array,
  { columns, rows, channels }: { columns: number; rows: number; channels: 1 | 3 },
): Pixels {
  const result = new Uint8Array(sums.length)
  const unknown: number[] = []
  for (let cell = 0; cell < totals.length; cell++) {
    const total = totals[cell] ?? 0
    if (total === 0) unknown.push(cell)
    else for (let at = cell * channels; at < (cell + 1) * channels; at++) result[at] = (sums[at] ?? 0) / total
  }
  const isKnown = (cell: number) => (totals[cell] ?? 0) > 0
  const fillFrom = (cell: number, near: number, above: number) => {
    if (isKnown(cell) || !(isKnown(near) || isKnown(above))) return
    const first = isKnown(near) ? near : above
    const second = isKnown(above) ? above : near
    for (let channel = 0; channel < channels; channel++) {
      const sum = (result[first * channels + channel] ?? 0) + (result[second * channels + channel] ?? 0)
      result[cell * channels + channel] = sum / 2
    }
    totals[cell] = 1
  }
  for (const cell of unknown) fillFrom(cell, cell - 1, cell - columns)
  for (const cell of unknown.toReversed()) fillFrom(cell, cell + 1, cell + columns)
  return { width: columns, height: rows, channels, samples: result }
}

function packed(ink: Uint8Array, width: number, height: number): Bitmap {
  const row = rowBytes(width)
  const bits = new Uint8Array(row * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) if (ink[at] === isInk) setBlack(bits, y * row, x)
  }
  return { width, height, bits }
}

import { type Bitmap, bitmapOf } from '@pdf-smaller/pictures/bitmap'
import { inkOf } from '@pdf-smaller/pictures/ink'
import { percentile } from '@pdf-smaller/pictures/percentile'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { averages, cellsOf, filled } from './averages.ts'

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
  const inked = new Uint8Array(ink.length)
  let count = 0
  for (let at = 0; at < ink.length; at++) if (ink[at] === isInk) inked[count++] = samples[at] ?? 0
  return percentile(inked.subarray(0, count), 0.5) > percentile(samples, paperPart, 0, paperStep) * faintPart
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
    ink: inkColours(page, Math.min(1, inkPpi / ppi), ink),
    mask: bitmapOf(ink, width, height),
  }
}

/**
 * Without single pixels, which are grain and cost as much as letters do. They stay in the paper; beside ink, where the
 * paper is not seen, they stay ink.
 */
function withoutSpecks(ink: Uint8Array, width: number): Uint8Array {
  const kept = ink.slice()
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

/**
 * The colours of ink, reduced as `averages` does: each pixel of it counts much where it has ink on all sides, as the rims
 * of letters are half paper.
 */
function inkColours(page: Pixels, scale: number, ink: Uint8Array): Pixels {
  const { width, height, channels, samples } = page
  const cells = cellsOf(page, scale)
  const { columns, rows, sums, totals } = cells
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width))
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns
    for (let x = 0; x < width; x++, at++) {
      if (ink[at] !== isInk) continue
      const weight = isInside(ink, width, at) ? coreWeight : 1
      const cell = row + (columnOf[x] ?? 0)
      totals[cell] = (totals[cell] ?? 0) + weight
      for (let channel = 0; channel < channels; channel++)
        sums[cell * channels + channel] =
          (sums[cell * channels + channel] ?? 0) + weight * (samples[at * channels + channel] ?? 0)
    }
  }
  return filled(cells)
}

const isInside = (ink: Uint8Array, width: number, at: number): boolean =>
  at >= width &&
  at < ink.length - width &&
  ink[at - 1] === isInk &&
  ink[at + 1] === isInk &&
  ink[at - width] === isInk &&
  ink[at + width] === isInk

/** The soft edges of ink, in pixels to each side. */
const soft = 2

/** The paper that shows no ink: all but the ink with its soft edges, and what is sure to be paper. */
function paperBeside(ink: Uint8Array, width: number): Uint8Array {
  const paper = new Uint8Array(ink.length).fill(1)
  const wide = widened(ink, width)
  const inked = Array.from({ length: ink.length / width }, (_, y) =>
    ink.subarray(y * width, (y + 1) * width).includes(isInk),
  )
  for (let y = 0; y < inked.length; y++) {
    // Edges reach into the next row.
    const isNear = inked.slice(Math.max(0, y - soft - 1), y + soft + 2).includes(true)
    if (isNear) coverRow(paper, wide, y * width, width)
  }
  for (let at = ink.indexOf(surePaper); at >= 0; at = ink.indexOf(surePaper, at + 1)) paper[at] = 1
  return paper
}

/** Ink with its soft edges to the left and to the right, 1 where there is some; room for the edges above and below comes with it. */
function widened(ink: Uint8Array, width: number): Uint8Array {
  const [first, end] = [soft * width, ink.length]
  const wide = new Uint8Array(end + 2 * first + soft)
  let near = 0
  // A bit for each of the last five pixels.
  for (let at = 0; at < end; at++) {
    near = ((near << 1) | ((ink[at] ?? 0) & isInk)) & 0x1f
    if (near !== 0) wide[first + at - soft] = 1
  }
  for (let at = end; at < end + 2 * soft; at++) {
    near = (near << 1) & 0x1f
    if (near !== 0) wide[first + at - soft] = 1
  }
  return wide
}

/** Takes from the paper of a row what ink of the rows around covers. */
function coverRow(paper: Uint8Array, wide: Uint8Array, start: number, width: number): void {
  for (let at = start, own = start + soft * width; at < start + width; at++, own++) {
    const above = (wide[own - 2 * width] ?? 0) | (wide[own - width] ?? 0)
    const below = (wide[own + 2 * width] ?? 0) | (wide[own + width] ?? 0)
    paper[at] = ((wide[own] ?? 0) | above | below) ^ 1
  }
}

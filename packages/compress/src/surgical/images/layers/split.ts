import { type Bitmap, rowBytes, setBlack } from '@pdf-smaller/pictures/bitmap'
import { inkOf } from '@pdf-smaller/pictures/ink'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'

/** A page as three layers: paper, and the colours of its ink, which show where the mask is 1. */
export type Layers = { paper: Pixels; ink: Pixels; mask: Bitmap }

/** Resolutions of the layers, pixels per inch. */
const [paperPpi, inkPpi] = [100, 12]
/** With less ink there is nothing to gain, with more it is a picture. */
const [leastInk, mostInk] = [0.002, 0.3]

/** Splits a scanned page into layers; undefined for what does not look like ink on paper. */
export function splitLayers(page: Pixels, ppi: number): Layers | undefined {
  const { width, height } = page
  const ink = withoutSpecks(inkOf(lumaOf(page), ppi), width)
  const share = ink.reduce((sum, each) => sum + each, 0) / ink.length
  if (share < leastInk || share > mostInk) return undefined
  const around = spreadOut(ink, width)
  const core = coreOf(ink, width)
  return {
    paper: averages(page, Math.max(1, Math.round(ppi / paperPpi)), around, 0),
    ink: averages(page, Math.max(1, Math.round(ppi / inkPpi)), core, 1),
    mask: packed(ink, width, height),
  }
}

/** Without single pixels, which are grain and cost as much as letters do. */
function withoutSpecks(ink: Uint8Array, width: number): Uint8Array {
  const kept = new Uint8Array(ink.length)
  for (let at = width + 1; at < ink.length - width - 1; at++) {
    if (ink[at] === 0) continue
    const neighbours =
      (ink[at - 1] ?? 0) + (ink[at + 1] ?? 0) + (ink[at - width] ?? 0) + (ink[at + width] ?? 0)
    if (neighbours > 0) kept[at] = 1
  }
  return kept
}

/** Ink with ink on all sides; the rims of letters are half paper. Lines too thin for that are taken as they are. */
function coreOf(ink: Uint8Array, width: number): Uint8Array {
  const core = new Uint8Array(ink.length)
  let count = 0
  for (let at = width; at < ink.length - width; at++) {
    const isCore =
      (ink[at] ?? 0) &
      (ink[at - 1] ?? 0) &
      (ink[at + 1] ?? 0) &
      (ink[at - width] ?? 0) &
      (ink[at + width] ?? 0)
    core[at] = isCore
    count += isCore
  }
  return count > 0 ? core : ink
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

/** The picture in squares of so many pixels, each the average of those that the marks count in; squares without any are like those around. */
function averages(page: Pixels, side: number, marks: Uint8Array, counted: 0 | 1): Pixels {
  const { width, height, channels, samples } = page
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)]
  const sums = new Float64Array(columns * rows * channels)
  const numbers = new Uint32Array(columns * rows)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / side) * columns
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x
      if (marks[pixel] !== counted) continue
      const cell = row + Math.floor(x / side)
      numbers[cell] = (numbers[cell] ?? 0) + 1
      for (let channel = 0; channel < channels; channel++) {
        const sum = cell * channels + channel
        sums[sum] = (sums[sum] ?? 0) + (samples[pixel * channels + channel] ?? 0)
      }
    }
  }
  return filled(sums, numbers, { columns, rows, channels })
}

function filled(
  sums: Float64Array,
  numbers: Uint32Array,
  { columns, rows, channels }: { columns: number; rows: number; channels: 1 | 3 },
): Pixels {
  const result = new Uint8Array(sums.length)
  for (let cell = 0, at = 0; cell < numbers.length; cell++)
    for (let channel = 0; channel < channels; channel++, at++)
      result[at] = (sums[at] ?? 0) / Math.max(1, numbers[cell] ?? 1)
  const known = Uint8Array.from(numbers, (number) => (number > 0 ? 1 : 0))
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

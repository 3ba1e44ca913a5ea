import { type Bitmap, coverOf, rowBytes } from './bitmap.ts'
import type { Plane } from './ssim.ts'

/**
 * A plane as a viewer shows it in another size: averaged by area where it shrinks, as PDFium does (CStretchEngine), and
 * interpolated between the nearest where it grows (Splash.cc of Poppler, scaleImageYuXuBilinear).
 */
export function scaled(plane: Plane, width: number, height: number): Plane {
  if (plane.width === width && plane.height === height) return plane
  const [down, across] = [weightsOf(plane.height, height), weightsOf(plane.width, width)]
  const result = new Uint8Array(width * height)
  // What is weighed by nothing at the end is there to be read all the same.
  const columns = new Float32Array(plane.width + across.most)
  for (let y = 0; y < height; y++) {
    sumColumns(plane, down, y, columns)
    alongRow(columns, across, result.subarray(y * width, (y + 1) * width))
  }
  return { width, height, samples: result }
}

/** What `scaled` makes of the cover of a bitmap (`coverOf`): most of it is white, and costs nothing here. */
export function scaledCover(bitmap: Bitmap, width: number, height: number): Plane {
  if (bitmap.width === width && bitmap.height === height) return coverOf(bitmap)
  const [down, across] = [weightsOf(bitmap.height, height), weightsOf(bitmap.width, width)]
  const result = new Uint8Array(width * height)
  const columns = new Float32Array(rowBytes(bitmap.width) * 8 + across.most)
  for (let y = 0; y < height; y++)
    if (sumCover(bitmap, down, y, columns)) {
      alongRow(columns, across, result.subarray(y * width, (y + 1) * width))
      columns.fill(0)
    }
  return { width, height, samples: result }
}

/** So many samples are weighed in one step of the loops; what there is none of has the weight 0. */
const together = 2
const wholeSteps = (count: number) => Math.ceil(count / together) * together

/** For each new sample, the first old one it takes from, and the parts of it and those that follow, in whole steps. */
type Weights = { first: Int32Array; parts: Float32Array; most: number }

function weightsOf(from: number, to: number): Weights {
  return from > to ? averaging(from, to) : interpolating(from, to)
}

/** Each new sample is the average of the old ones that it covers, by how much of each. */
function averaging(from: number, to: number): Weights {
  const times = from / to
  const most = wholeSteps(Math.ceil(times) + 1)
  const first = new Int32Array(to)
  const parts = new Float32Array(to * most)
  for (let at = 0; at < to; at++) {
    const [start, end] = [at * times, Math.min(from, (at + 1) * times)]
    const left = Math.floor(start)
    first[at] = left
    for (let k = 0; left + k < end && k < most; k++)
      parts[at * most + k] = (Math.min(end, left + k + 1) - Math.max(start, left + k)) / times
  }
  return { first, parts, most }
}

function interpolating(from: number, to: number): Weights {
  const most = wholeSteps(2)
  const first = new Int32Array(to)
  const parts = new Float32Array(to * most)
  for (let at = 0; at < to; at++) {
    const place = Math.min((at * from) / to, from - 1)
    const left = Math.min(Math.floor(place), Math.max(0, from - 2))
    first[at] = left
    parts[at * most] = 1 - (place - left)
    parts[at * most + 1] = place - left
  }
  return { first, parts, most }
}

/** The weighted sums of the old rows that a new one takes from, column by column. */
function sumColumns(
  { width, samples }: Plane,
  { first, parts, most }: Weights,
  y: number,
  sums: Float32Array,
): void {
  const top = first[y] ?? 0
  const own = parts.subarray(y * most, (y + 1) * most)
  const taken = countOf(own)
  // A row that weighs nothing may not be there: the first is read in its place.
  const rowAt = (k: number) => (top + (k < taken ? k : 0)) * width
  sums.fill(0, 0, width)
  for (let k = 0; k < taken; k += together) {
    const rows = { one: rowAt(k), other: rowAt(k + 1) }
    addRows(samples, rows, own.subarray(k, k + together), sums, width)
  }
}

/** How many weights there are, without the zeros at their end. */
function countOf(parts: Float32Array): number {
  let count = parts.length
  while (count > 0 && parts[count - 1] === 0) count--
  return count
}

/** As `sumColumns`, onto sums that are 0. @returns whether anything is black */
function sumCover(
  { width, bits }: Bitmap,
  { first, parts, most }: Weights,
  y: number,
  sums: Float32Array,
): boolean {
  const bytes = rowBytes(width)
  const own = parts.subarray(y * most, (y + 1) * most)
  const taken = countOf(own)
  const top = (first[y] ?? 0) * bytes
  let isBlack = false
  for (let k = 0, start = top; k < taken; k++, start += bytes) {
    const part = 255 * (own[k] ?? 0)
    for (let byte = 0; byte < bytes; byte++) {
      const eight = bits[start + byte] ?? 0
      if (eight === 0) continue
      isBlack = true
      for (let bit = 0, x = byte * 8; bit < 8; bit++, x++)
        if ((eight & (0x80 >> bit)) !== 0) sums[x] = (sums[x] ?? 0) + part
    }
  }
  return isBlack
}

/** Rounded at each sum as it is kept, so that it makes no difference how many rows are taken together. */
function addRows(
  samples: Uint8Array,
  { one, other }: { one: number; other: number },
  [part = 0, otherPart = 0]: Float32Array,
  sums: Float32Array,
  width: number,
): void {
  for (let x = 0; x < width; x++) {
    const sum = Math.fround((sums[x] ?? 0) + part * (samples[one + x] ?? 0))
    sums[x] = sum + otherPart * (samples[other + x] ?? 0)
  }
}

function alongRow(columns: Float32Array, { first, parts, most }: Weights, result: Uint8Array): void {
  for (let x = 0, at = 0; x < result.length; x++) {
    let sum = 0.5
    const end = at + most
    for (let from = first[x] ?? 0; at < end; at += together, from += together) {
      sum += (parts[at] ?? 0) * (columns[from] ?? 0)
      sum += (parts[at + 1] ?? 0) * (columns[from + 1] ?? 0)
    }
    result[x] = sum
  }
}

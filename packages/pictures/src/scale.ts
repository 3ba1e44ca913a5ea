import type { Plane } from './ssim.ts'

/**
 * A plane as a viewer shows it in another size: averaged by area where it shrinks, as PDFium does (CStretchEngine), and
 * interpolated between the nearest where it grows (Splash.cc of Poppler, scaleImageYuXuBilinear).
 */
export function scaled(plane: Plane, width: number, height: number): Plane {
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

/** For each new sample, the first old one it takes from, and the parts of it and those that follow. */
type Weights = { first: Int32Array; parts: Float32Array; most: number }

function weightsOf(from: number, to: number): Weights {
  return from > to ? averaging(from, to) : interpolating(from, to)
}

/** Each new sample is the average of the old ones that it covers, by how much of each. */
function averaging(from: number, to: number): Weights {
  const times = from / to
  const most = Math.ceil(times) + 1
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
  const most = 2
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
) {
  const top = (first[y] ?? 0) * width
  const own = parts.subarray(y * most, (y + 1) * most)
  let taken = most
  while (taken > 0 && own[taken - 1] === 0) taken--
  for (let x = 0; x < width; x++) {
    let sum = 0
    // Rounded as it is kept, so that the order of the loops makes no difference.
    for (let k = 0, at = top + x; k < taken; k++, at += width)
      sum = Math.fround(sum + (own[k] ?? 0) * (samples[at] ?? 0))
    sums[x] = sum
  }
}

function alongRow(columns: Float32Array, { first, parts, most }: Weights, result: Uint8Array): void {
  for (let x = 0, at = 0; x < result.length; x++) {
    let sum = 0.5
    const end = at + most
    for (let from = first[x] ?? 0; at < end; at++, from++) sum += (parts[at] ?? 0) * (columns[from] ?? 0)
    result[x] = sum
  }
}

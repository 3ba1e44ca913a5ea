import type { Plane } from './ssim.ts'

/**
 * A plane as a viewer shows it in another size: averaged by area where it shrinks, as PDFium does (CStretchEngine), and
 * interpolated between the nearest where it grows (Splash.cc of Poppler, scaleImageYuXuBilinear).
 */
export function scaled(plane: Plane, width: number, height: number): Plane {
  const [down, across] = [weightsOf(plane.height, height), weightsOf(plane.width, width)]
  const result = new Uint8Array(width * height)
  const columns = new Float32Array(plane.width)
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
  sums.fill(0)
  for (let k = 0; k < most; k++) {
    const part = parts[y * most + k] ?? 0
    if (part === 0) continue
    const from = ((first[y] ?? 0) + k) * width
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + part * (samples[from + x] ?? 0)
  }
}

function alongRow(columns: Float32Array, { first, parts, most }: Weights, result: Uint8Array): void {
  for (let x = 0; x < result.length; x++) {
    let sum = 0.5
    const [from, at] = [first[x] ?? 0, x * most]
    for (let k = 0; k < most; k++) sum += (parts[at + k] ?? 0) * (columns[from + k] ?? 0)
    result[x] = sum
  }
}

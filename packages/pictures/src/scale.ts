import type { Plane } from './ssim.ts'

/**
 * A plane as a viewer shows it in another size: averaged by area where it shrinks, as PDFium does (CStretchEngine), and
 * interpolated between the nearest where it grows (Splash.cc of Poppler, scaleImageYuXuBilinear).
 */
export function scaled(plane: Plane, width: number, height: number): Plane {
  const across = resampled(plane, weightsOf(plane.width, width), width)
  return transposed(resampled(transposed(across), weightsOf(plane.height, height), height))
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

function resampled(
  { width, height, samples }: Plane,
  { first, parts, most }: Weights,
  newWidth: number,
): Plane {
  const result = new Uint8Array(newWidth * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < newWidth; x++) {
      let sum = 0.5
      const from = y * width + (first[x] ?? 0)
      for (let k = 0; k < most; k++) sum += (parts[x * most + k] ?? 0) * (samples[from + k] ?? 0)
      result[y * newWidth + x] = sum
    }
  }
  return { width: newWidth, height, samples: result }
}

function transposed({ width, height, samples }: Plane): Plane {
  const result = new Uint8Array(samples.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[x * height + y] = samples[y * width + x] ?? 0
  }
  return { width: height, height: width, samples: result }
}

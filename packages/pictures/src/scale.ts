import type { Plane } from './ssim.ts'

/**
 * A plane as a viewer shows it in another size: averaged over whole samples where it shrinks, so that its grain moves
 * with the size, and interpolated between the nearest where it grows (Splash.cc of Poppler, scaleImageYdXd and
 * scaleImageYuXuBilinear).
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

/** Each new sample is the average of the one or more old ones between two whole places. */
function averaging(from: number, to: number): Weights {
  const most = Math.ceil(from / to)
  const first = new Int32Array(to)
  const parts = new Float32Array(to * most)
  for (let at = 0; at < to; at++) {
    const [start, end] = [Math.floor((at * from) / to), Math.floor(((at + 1) * from) / to)]
    first[at] = start
    parts.fill(1 / (end - start), at * most, at * most + end - start)
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

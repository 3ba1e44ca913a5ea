import type { Picture } from './pnm.ts'

export type Similarity = { mean: number; worstTile: number; colourShift: number }

const window = 8
/** Windows to a side of a tile: 64 pixels, about a word or a small picture. */
const tileWindows = 8
/** Stabilisers of the SSIM (Wang et al. 2004, equation 13, for 8 bits). */
const c1 = (0.01 * 255) ** 2
const c2 = (0.03 * 255) ** 2

/**
 * Structural similarity of two pictures of equal size on luma, in windows of 8 × 8 that do not overlap: the mean, and the mean of the worst
 * tile of 64 × 64. `colourShift` is the mean difference of the channels' averages, 0 to 255.
 */
export function similarity(a: Picture, b: Picture): Similarity {
  if (a.width !== b.width || a.height !== b.height) return { mean: 0, worstTile: 0, colourShift: 255 }
  const [lumaA, lumaB] = [luma(a), luma(b)]
  const columns = Math.max(1, Math.floor(a.width / window))
  const rows = Math.max(1, Math.floor(a.height / window))
  const tileColumns = Math.ceil(columns / tileWindows)
  const sums = new Float64Array(tileColumns * Math.ceil(rows / tileWindows))
  const counts = new Uint32Array(sums.length)
  let total = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = windowSimilarity(lumaA, lumaB, a.width, column * window, row * window)
      const tile = Math.floor(row / tileWindows) * tileColumns + Math.floor(column / tileWindows)
      sums[tile] = (sums[tile] ?? 0) + value
      counts[tile] = (counts[tile] ?? 0) + 1
      total += value
    }
  }
  const worstTile = sums.reduce((worst, sum, tile) => Math.min(worst, sum / (counts[tile] ?? 1)), 1)
  return { mean: total / (rows * columns), worstTile, colourShift: colourShift(a, b) }
}

function windowSimilarity(a: Uint8Array, b: Uint8Array, width: number, left: number, top: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
  for (let y = top; y < top + window; y++) {
    for (let at = y * width + left; at < y * width + left + window; at++) {
      const [x, z] = [a[at] ?? 0, b[at] ?? 0]
      sumA += x
      sumB += z
      squaresA += x * x
      squaresB += z * z
      products += x * z
    }
  }
  const n = window * window
  const [meanA, meanB] = [sumA / n, sumB / n]
  const varianceA = squaresA / n - meanA * meanA
  const varianceB = squaresB / n - meanB * meanB
  const covariance = products / n - meanA * meanB
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
  )
}

/** Luma of Rec. 601, in whole numbers. */
function luma({ samples, width, height }: Picture): Uint8Array {
  const result = new Uint8Array(width * height)
  for (let pixel = 0, at = 0; pixel < result.length; pixel++, at += 3) {
    result[pixel] =
      (77 * (samples[at] ?? 0) + 150 * (samples[at + 1] ?? 0) + 29 * (samples[at + 2] ?? 0)) >> 8
  }
  return result
}

function colourShift(a: Picture, b: Picture): number {
  const averages = ({ samples }: Picture) => {
    const sums = [0, 0, 0]
    for (let at = 0; at < samples.length; at += 3) {
      for (let channel = 0; channel < 3; channel++)
        sums[channel] = (sums[channel] ?? 0) + (samples[at + channel] ?? 0)
    }
    return sums.map((sum) => (sum * 3) / samples.length)
  }
  const [before, after] = [averages(a), averages(b)]
  return before.reduce((sum, value, channel) => sum + Math.abs(value - (after[channel] ?? 0)), 0) / 3
}

import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { ssimWindow as window, windowSimilarity } from '@pdf-smaller/pictures/ssim'

export type Similarity = { mean: number; worstTile: number; colourShift: number }

/** Windows to a side of a tile: 64 pixels, about a word or a small picture. */
const tileWindows = 8

/**
 * Structural similarity of two pictures of equal size on luma, in windows of 8 × 8 that do not overlap: the mean, and the mean of the worst
 * tile of 64 × 64. `lumaA` and `lumaB` are their lightness. `colourShift` is the mean difference of the channels' averages, 0 to 255.
 */
export function similarity(a: Pixels, b: Pixels, lumaA: Uint8Array, lumaB: Uint8Array): Similarity {
  if (a.width !== b.width || a.height !== b.height) return { mean: 0, worstTile: 0, colourShift: 255 }
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

function colourShift(a: Pixels, b: Pixels): number {
  const [before, after] = [averages(a), averages(b)]
  return before.reduce((sum, value, channel) => sum + Math.abs(value - (after[channel] ?? 0)), 0) / 3
}

function averages({ width, height, channels, samples }: Pixels): number[] {
  const [second, third] = channels === 3 ? [1, 2] : [0, 0]
  let [red, green, blue] = [0, 0, 0]
  for (let at = 0; at < samples.length; at += channels) {
    red += samples[at] ?? 0
    green += samples[at + second] ?? 0
    blue += samples[at + third] ?? 0
  }
  return [red, green, blue].map((sum) => sum / (width * height))
}

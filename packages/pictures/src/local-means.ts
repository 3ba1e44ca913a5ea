import type { Plane } from './ssim.ts'

/** What is around each place of a row: the mean of the samples, and their standard deviation. */
export type LocalRow = { means: Float32Array; deviationAt: (x: number) => number }

const values = Int32Array.from({ length: 256 }, (_, value) => value)
const squares = values.map((value) => value * value)

/**
 * Goes through a plane row by row with the mean of the square window around each sample, cut off at the borders. The
 * sums of columns move with the rows and those of windows along them, so that the size of the window costs nothing.
 * @returns the same array for each row
 */
export const localMeans = (plane: Plane, radius: number): Generator<Float32Array, void> =>
  meansOf(plane, radius, values)

/** As `localMeans`, with the deviations. */
export function* localRows(plane: Plane, radius: number): Generator<LocalRow, void> {
  const ofSquares = meansOf(plane, radius, squares)
  for (const means of meansOf(plane, radius, values)) {
    const squareMeans = ofSquares.next().value
    if (!squareMeans) return
    const deviationAt = (x: number) => {
      const mean = means[x] ?? 0
      return Math.sqrt(Math.max(0, (squareMeans[x] ?? 0) - mean * mean))
    }
    yield { means, deviationAt }
  }
}

/** @param of what a sample of each level counts */
function* meansOf({ width, height, samples }: Plane, radius: number, of: Int32Array) {
  const sums = new Int32Array(width)
  const means = new Float32Array(width)
  const addRow = (y: number, sign: 1 | -1) => {
    for (let x = 0, at = y * width; x < width; x++, at++)
      sums[x] = (sums[x] ?? 0) + sign * (of[samples[at] ?? 0] ?? 0)
  }
  for (let y = 0; y < Math.min(radius, height); y++) addRow(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(y + radius, 1)
    if (y > radius) addRow(y - radius - 1, -1)
    alongRow(sums, means, radius, Math.min(height, y + radius + 1) - Math.max(0, y - radius))
    yield means
  }
}

/** The means of windows from the sums of their columns, each of which has so many rows. */
function alongRow(sums: Int32Array, means: Float32Array, radius: number, rows: number): void {
  const width = sums.length
  let sum = 0
  for (let x = 0; x < Math.min(radius, width); x++) sum += sums[x] ?? 0
  const meanAtBorder = (x: number) => {
    if (x + radius < width) sum += sums[x + radius] ?? 0
    if (x > radius) sum -= sums[x - radius - 1] ?? 0
    means[x] = sum / (rows * (Math.min(width, x + radius + 1) - Math.max(0, x - radius)))
  }
  const left = Math.min(width, radius + 1)
  for (let x = 0; x < left; x++) meanAtBorder(x)
  const [part, right] = [1 / (rows * (2 * radius + 1)), width - radius]
  for (let x = left; x < right; x++) {
    sum += (sums[x + radius] ?? 0) - (sums[x - radius - 1] ?? 0)
    means[x] = sum * part
  }
  for (let x = Math.max(left, right); x < width; x++) meanAtBorder(x)
}

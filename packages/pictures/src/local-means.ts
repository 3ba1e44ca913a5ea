import type { Plane } from './ssim.ts'

/** Mean and standard deviation of the samples around each place of a row. */
export type LocalRow = { means: Float32Array; deviations: Float32Array }

/**
 * Goes through a plane row by row with the moments of the square window around each sample, cut off at the borders. The
 * sums of columns move with the rows and those of windows along them, so that the size of the window costs nothing.
 */
export function* localRows({ width, height, samples }: Plane, radius: number): Generator<LocalRow, void> {
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)]
  const means = new Float32Array(width)
  const deviations = new Float32Array(width)
  const addRow = (y: number, sign: 1 | -1) => {
    if (y < 0 || y >= height) return
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = samples[at] ?? 0
      sums[x] = (sums[x] ?? 0) + sign * value
      squares[x] = (squares[x] ?? 0) + sign * value * value
    }
  }
  for (let y = 0; y < radius; y++) addRow(y, 1)
  for (let y = 0; y < height; y++) {
    addRow(y + radius, 1)
    addRow(y - radius - 1, -1)
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius)
    let [sum, square] = [0, 0]
    for (let x = 0; x < Math.min(radius, width); x++)
      [sum, square] = [sum + (sums[x] ?? 0), square + (squares[x] ?? 0)]
    for (let x = 0; x < width; x++) {
      const [enters, leaves] = [x + radius, x - radius - 1]
      if (enters < width) {
        sum += sums[enters] ?? 0
        square += squares[enters] ?? 0
      }
      if (leaves >= 0) {
        sum -= sums[leaves] ?? 0
        square -= squares[leaves] ?? 0
      }
      const count = rows * (Math.min(width, enters + 1) - Math.max(0, x - radius))
      const mean = sum / count
      means[x] = mean
      deviations[x] = Math.sqrt(Math.max(0, square / count - mean * mean))
    }
    yield { means, deviations }
  }
}

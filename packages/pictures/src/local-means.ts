import type { Plane } from './ssim.ts'

/** What is around each place of a row: the mean of the samples, and their standard deviation. */
export type LocalRow = { means: Float32Array; deviationAt: (x: number) => number }

/**
 * Goes through a plane row by row with the mean of the square window around each sample, cut off at the borders. The
 * sums of columns move with the rows and those of windows along them, so that the size of the window costs nothing.
 * @returns the same array for each row
 */
export function* localMeans(plane: Plane, radius: number): Generator<Float32Array, void> {
  const { width } = plane
  const [sums, means] = [new Int32Array(width), new Float32Array(width)]
  for (const { enter, leave, rows } of moves(plane, radius)) {
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (enter[x] ?? 0) - (leave[x] ?? 0)
    if (rows === 0) continue
    alongRow(sums, means, radius, rows)
    yield means
  }
}

/** As `localMeans`, with the deviations, which are only worked out for rows of which one is asked for. */
export function* localRows(plane: Plane, radius: number): Generator<LocalRow, void> {
  const { width } = plane
  const [sums, means] = [new Int32Array(width), new Float32Array(width)]
  const [squareSums, squares] = [new Int32Array(width), new Float32Array(width)]
  let [tall, isKnown] = [0, false]
  const deviationAt = (x: number) => {
    if (!isKnown) alongRow(squareSums, squares, radius, tall)
    isKnown = true
    const mean = means[x] ?? 0
    return Math.sqrt(Math.max(0, (squares[x] ?? 0) - mean * mean))
  }
  const row: LocalRow = { means, deviationAt }
  for (const { enter, leave, rows } of moves(plane, radius)) {
    addSquares(sums, squareSums, enter, leave)
    if (rows === 0) continue
    alongRow(sums, means, radius, rows)
    tall = rows
    isKnown = false
    yield row
  }
}

/** What enters and leaves the columns of windows as they move down, and how many rows these have; none before the first row. */
type Move = { enter: Uint8Array; leave: Uint8Array; rows: number }

function* moves({ width, height, samples }: Plane, radius: number): Generator<Move, void> {
  const nothing = new Uint8Array(width)
  const rowAt = (y: number) => (y >= 0 && y < height ? samples.subarray(y * width, (y + 1) * width) : nothing)
  for (let y = -radius; y < height; y++) {
    const rows = y < 0 ? 0 : Math.min(height, y + radius + 1) - Math.max(0, y - radius)
    yield { enter: rowAt(y + radius), leave: rowAt(y - radius - 1), rows }
  }
}

function addSquares(sums: Int32Array, squareSums: Int32Array, enter: Uint8Array, leave: Uint8Array): void {
  for (let x = 0; x < sums.length; x++) {
    const [more, less] = [enter[x] ?? 0, leave[x] ?? 0]
    sums[x] = (sums[x] ?? 0) + more - less
    squareSums[x] = (squareSums[x] ?? 0) + more * more - less * less
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
  const right = width - radius
  sum = alongInside(sums, means, { from: left, to: right, radius, part: 1 / (rows * (2 * radius + 1)) }, sum)
  for (let x = Math.max(left, right); x < width; x++) meanAtBorder(x)
}

type Inside = { from: number; to: number; radius: number; part: number }

/** Where windows are whole: nothing but plain variables, for this looks at each sample of each picture. */
function alongInside(
  sums: Int32Array,
  means: Float32Array,
  { from, to, radius, part }: Inside,
  start: number,
): number {
  let sum = start
  for (let x = from; x < to; x++) {
    sum += (sums[x + radius] ?? 0) - (sums[x - radius - 1] ?? 0)
    means[x] = sum * part
  }
  return sum
}

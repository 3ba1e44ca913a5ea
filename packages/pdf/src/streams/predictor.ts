import { atOnce, inTurns, type Pause } from '../turns.ts'

/** How the samples of a stream are predicted from their neighbours before they are packed (ISO 32000-1, table 8). */
export type Prediction = { predictor: number; colors: number; bits: number; columns: number }

/** Whole bytes of one pixel and of one row. */
const measuresOf = ({ colors, bits, columns }: Prediction) => ({
  pixel: (colors * bits + 7) >> 3,
  row: Math.ceil((colors * bits * columns) / 8),
})

/**
 * Undoes the predictors of PNG (PNG specification, section 9) and the TIFF predictor for 8 bits, of which alone all
 * readers make the same; undefined for any other. A last row that is cut off stays so.
 */
export function undoPredictor(bytes: Uint8Array, prediction: Prediction): Uint8Array | undefined {
  const { predictor, bits } = prediction
  if (predictor === 1) return bytes
  const { pixel, row } = measuresOf(prediction)
  if (predictor === 2) return bits === 8 ? undoTiff(bytes, pixel, row) : undefined
  if (predictor < 10 || predictor > 15) return undefined
  const rows = Math.ceil(bytes.length / (row + 1))
  const result = new Uint8Array(bytes.length - rows)
  for (let y = 0; y < rows; y++) {
    const from = y * (row + 1)
    undoPngRow(bytes[from] ?? 0, bytes.subarray(from + 1, from + 1 + row), result, y * row, pixel, row)
  }
  return result
}

/** Predicts rows as PNG does, each with the filter whose result sums up least (PNG specification, 12.8). */
export const predict = (bytes: Uint8Array, prediction: Prediction): Buffer =>
  atOnce(predictedRows(bytes, prediction))

/** Predicts as `predict` does, and lets other work have its turn. */
export const predictInTurns = (bytes: Uint8Array, prediction: Prediction, pause: Pause): Promise<Buffer> =>
  inTurns(predictedRows(bytes, prediction), pause)

/** Rows that are predicted in one step. */
const rowsInStep = 1024

function* predictedRows(bytes: Uint8Array, prediction: Prediction): Generator<undefined, Buffer> {
  const { pixel, row } = measuresOf(prediction)
  const rows = Math.floor(bytes.length / row)
  const result = Buffer.alloc(rows * (row + 1))
  const tries = Array.from({ length: 5 }, () => new Uint8Array(row))
  let above: Uint8Array = new Uint8Array(row)
  for (let y = 0; y < rows; y++) {
    if (y > 0 && y % rowsInStep === 0) yield
    const line = bytes.subarray(y * row, (y + 1) * row)
    let [best, least] = [0, Infinity]
    for (const [kind, out] of tries.entries()) {
      const sum = filterRow(kind, line, above, pixel, out)
      if (sum < least) [best, least] = [kind, sum]
    }
    result[y * (row + 1)] = best
    result.set(tries[best] ?? line, y * (row + 1) + 1)
    above = line
  }
  return result
}

/** @returns the sum of the filtered bytes, taken as signed */
function filterRow(
  kind: number,
  line: Uint8Array,
  above: Uint8Array,
  pixel: number,
  out: Uint8Array,
): number {
  let sum = 0
  for (let x = 0; x < line.length; x++) {
    const left = x >= pixel ? (line[x - pixel] ?? 0) : 0
    const corner = x >= pixel ? (above[x - pixel] ?? 0) : 0
    const value = ((line[x] ?? 0) - foretold(kind, left, above[x] ?? 0, corner)) & 255
    out[x] = value
    sum += value < 128 ? value : 256 - value
  }
  return sum
}

/** Each sample is told as its difference from the one of the same colour before it (TIFF 6.0, section 14). */
function undoTiff(bytes: Uint8Array, pixel: number, row: number): Uint8Array {
  const result = Uint8Array.from(bytes)
  for (let start = 0; start < result.length; start += row) {
    const end = Math.min(start + row, result.length)
    for (let at = start + pixel; at < end; at++)
      result[at] = ((result[at] ?? 0) + (result[at - pixel] ?? 0)) & 255
  }
  return result
}

function undoPngRow(
  kind: number,
  line: Uint8Array,
  out: Uint8Array,
  at: number,
  pixel: number,
  row: number,
): void {
  for (let x = 0; x < line.length; x++) {
    const left = x >= pixel ? (out[at + x - pixel] ?? 0) : 0
    const up = at >= row ? (out[at + x - row] ?? 0) : 0
    const corner = x >= pixel && at >= row ? (out[at + x - row - pixel] ?? 0) : 0
    out[at + x] = ((line[x] ?? 0) + foretold(kind, left, up, corner)) & 255
  }
}

function foretold(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, corner)
    default:
      return 0
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - corner),
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

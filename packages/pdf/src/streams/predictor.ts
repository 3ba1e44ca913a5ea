/** How the samples of a stream are predicted from their neighbours before they are packed (ISO 32000-1, table 8). */
export type Prediction = { predictor: number; colors: number; bits: number; columns: number }

/** Bytes of one pixel, at least 1, and of one row. */
const measuresOf = ({ colors, bits, columns }: Prediction) => ({
  pixel: Math.max(1, (colors * bits) >> 3),
  row: Math.ceil((colors * bits * columns) / 8),
})

/** Undoes the TIFF predictor for 8 bits and those of PNG (PNG specification, section 9); undefined for any other. */
export function undoPredictor(bytes: Buffer, prediction: Prediction): Uint8Array | undefined {
  const { pixel, row } = measuresOf(prediction)
  if (prediction.predictor === 1) return bytes
  if (prediction.predictor === 2) return prediction.bits === 8 ? undoTiff(bytes, pixel, row) : undefined
  const rows = Math.ceil(bytes.length / (row + 1))
  const result = Buffer.alloc(rows * row)
  for (let y = 0; y < rows; y++) {
    const from = y * (row + 1)
    undoPngRow(bytes[from] ?? 0, bytes.subarray(from + 1, from + 1 + row), result, y * row, pixel, row)
  }
  return result
}

/** Predicts rows as PNG does, each with the filter whose result sums up least (PNG specification, 12.8). */
export function predict(bytes: Uint8Array, prediction: Prediction): Buffer {
  const { pixel, row } = measuresOf(prediction)
  const rows = Math.floor(bytes.length / row)
  const result = Buffer.alloc(rows * (row + 1))
  const tries = Array.from({ length: 5 }, () => new Uint8Array(row))
  let above: Uint8Array = new Uint8Array(row)
  for (let y = 0; y < rows; y++) {
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

function undoTiff(bytes: Buffer, pixel: number, row: number): Buffer {
  for (let start = 0; start < bytes.length; start += row) {
    const end = Math.min(start + row, bytes.length)
    for (let at = start + pixel; at < end; at++)
      bytes[at] = ((bytes[at] ?? 0) + (bytes[at - pixel] ?? 0)) & 255
  }
  return bytes
}

function undoPngRow(
  kind: number,
  line: Uint8Array,
  out: Buffer,
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

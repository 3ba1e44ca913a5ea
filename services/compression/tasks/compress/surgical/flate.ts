import { promisify } from 'node:util'
import { constants, deflate, inflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'
import type { Dictionary, PdfObjects } from '../pdf-objects.ts'

const inflateAsync = promisify(inflate)
const deflateAsync = promisify(deflate)

/** What one stream may unpack to; more is a bomb. */
export const mostUnpackedBytes = 400_000_000

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export async function unpack(bytes: Uint8Array): Promise<Buffer> {
  try {
    return await inflateAsync(bytes, {
      maxOutputLength: mostUnpackedBytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new JobFailure(
        'decompression_bomb',
        `a stream of ${bytes.length} bytes unpacks to over ${mostUnpackedBytes}`,
      )
    }
    throw error
  }
}

export const pack = (bytes: Uint8Array): Promise<Buffer> => deflateAsync(bytes, { level: 9, memLevel: 9 })

/** The filters of a stream, in order. */
export function filtersOf(dictionary: Dictionary, objects: PdfObjects): unknown[] {
  const filter = objects.resolve(dictionary['/Filter'])
  return filter === undefined
    ? []
    : Array.isArray(filter)
      ? filter.map((each) => objects.resolve(each))
      : [filter]
}

/**
 * The bytes of a stream with no filter or Flate alone, predictors undone; undefined for any other.
 * @throws JobFailure decompression_bomb
 */
export async function decode(
  raw: Uint8Array,
  dictionary: Dictionary,
  objects: PdfObjects,
): Promise<Uint8Array | undefined> {
  const filters = filtersOf(dictionary, objects)
  if (filters.length === 0) return raw
  if (filters.length > 1 || filters[0] !== '/FlateDecode') return undefined
  const bytes = await unpack(raw)
  const given = objects.resolve(dictionary['/DecodeParms'])
  const parameters = objects.dictionary(Array.isArray(given) ? given[0] : given)
  const predictor = objects.number(parameters['/Predictor']) || 1
  if (predictor === 1) return bytes
  return undoPredictor(bytes, {
    predictor,
    colors: objects.number(parameters['/Colors']) || 1,
    bits: objects.number(parameters['/BitsPerComponent']) || 8,
    columns: objects.number(parameters['/Columns']) || 1,
  })
}

type Prediction = { predictor: number; colors: number; bits: number; columns: number }

/** ISO 32000-1, 7.4.4.4: the TIFF predictor for 8 bits, and the five of PNG (PNG specification, section 9). */
function undoPredictor(
  bytes: Buffer,
  { predictor, colors, bits, columns }: Prediction,
): Uint8Array | undefined {
  const pixel = Math.max(1, (colors * bits) >> 3)
  const row = Math.ceil((colors * bits * columns) / 8)
  if (predictor === 2) return bits === 8 ? undoTiff(bytes, pixel, row) : undefined
  const rows = Math.ceil(bytes.length / (row + 1))
  const result = Buffer.alloc(rows * row)
  for (let y = 0; y < rows; y++) {
    const from = y * (row + 1)
    undoPngRow(bytes[from] ?? 0, bytes.subarray(from + 1, from + 1 + row), result, y * row, pixel, row)
  }
  return result
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
    out[at + x] = ((line[x] ?? 0) + prediction(kind, left, up, corner)) & 255
  }
}

function prediction(kind: number, left: number, up: number, corner: number): number {
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

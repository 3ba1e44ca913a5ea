import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { type Dictionary, inflated, type PdfObjects, type Prediction, undoPredictor } from '@pdf-smaller/pdf'
import type { Packing } from '../levels.ts'
import { deflateInThread } from './deflate/in-thread.ts'
import { fromAscii85, fromAsciiHex } from './ascii-filters.ts'

const deflateAsync = promisify(deflate)

/** What one stream may unpack to; more is a bomb. */
export const mostUnpackedBytes = 256 * 1024 * 1024

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export const unpack = (bytes: Uint8Array): Promise<Buffer> => inflated(bytes, mostUnpackedBytes)

/** What may be packed the hard way; more than that would take too long. */
export const mostHardBytes = 4 * 1024 * 1024
/** Up to so many bytes, time is no matter. */
const fewBytes = 128 * 1024
/** No round of packing starts after so long; the first and the last may take a few seconds each. */
const mostMs = 5000

/** Packs bytes with Flate, as zlib does or harder. */
export async function pack(bytes: Uint8Array, packing: Packing): Promise<Uint8Array> {
  if (packing === 'usual' || bytes.length > mostHardBytes)
    return deflateAsync(bytes, { level: 9, memLevel: 9 })
  return deflateInThread({ bytes, effort: { rounds: bytes.length <= fewBytes ? 15 : 5, mostMs } })
}

/** The filters of a stream, in order. */
export function filtersOf(dictionary: Dictionary, objects: PdfObjects): unknown[] {
  const filter = objects.resolve(dictionary['/Filter'])
  if (filter === undefined || filter === null) return []
  return Array.isArray(filter) ? filter.map(objects.resolve) : [filter]
}

/**
 * The bytes of a stream with no filter, Flate and those that make text of bytes, predictors undone; undefined for any
 * other.
 * @throws JobFailure decompression_bomb; zlib's error on broken data
 */
export async function decode(
  raw: Uint8Array,
  dictionary: Dictionary,
  objects: PdfObjects,
): Promise<Uint8Array | undefined> {
  const filters = filtersOf(dictionary, objects)
  if (!filters.every(isUndone)) return undefined
  let bytes: Uint8Array = raw
  for (const [index, filter] of filters.entries()) {
    const plain =
      filter === '/FlateDecode'
        ? undoPredictor(await unpack(bytes), predictionOf(dictionary, index, objects))
        : filter === '/ASCII85Decode'
          ? fromAscii85(bytes)
          : fromAsciiHex(bytes)
    if (!plain) return undefined
    bytes = plain
  }
  return bytes
}

const isUndone = (filter: unknown) =>
  filter === '/FlateDecode' || filter === '/ASCII85Decode' || filter === '/ASCIIHexDecode'

function predictionOf(dictionary: Dictionary, index: number, objects: PdfObjects): Prediction {
  const given = objects.resolve(dictionary['/DecodeParms'])
  const parameters = objects.dictionary(Array.isArray(given) ? given[index] : given)
  return {
    predictor: objects.number(parameters['/Predictor']) || 1,
    colors: objects.number(parameters['/Colors']) || 1,
    bits: objects.number(parameters['/BitsPerComponent']) || 8,
    columns: objects.number(parameters['/Columns']) || 1,
  }
}

import type { Dictionary, PdfObjects } from '../pdf-objects.ts'
import { fromAscii85, fromAsciiHex } from './ascii-filters.ts'
import { inflated } from './inflate.ts'
import { fromLzw, fromRunLengths } from './lzw.ts'
import { type Prediction, undoPredictor } from './predictor.ts'

/** The filters of a stream, in order. */
export function filtersOf(dictionary: Dictionary, objects: PdfObjects): unknown[] {
  const filter = objects.resolve(dictionary['/Filter'])
  if (filter === undefined || filter === null) return []
  return Array.isArray(filter) ? filter.map(objects.resolve) : [filter]
}

/**
 * The bytes of a stream without its filters, predictors undone; undefined where one of them is for pictures or unknown,
 * or where the data is broken.
 * @param mostBytes what it may unpack to
 * @throws JobFailure decompression_bomb; zlib's error on broken data
 */
export async function decode(
  raw: Uint8Array,
  dictionary: Dictionary,
  objects: PdfObjects,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  const filters = filtersOf(dictionary, objects)
  if (!filters.every((filter) => undoing.has(filter))) return undefined
  let bytes: Uint8Array = raw
  for (const [index, filter] of filters.entries()) {
    const plain = await undoing.get(filter)?.(bytes, parametersOf(dictionary, index, objects), mostBytes)
    if (!plain) return undefined
    bytes = plain
  }
  return bytes
}

type Parameters = Prediction & { early: boolean }
type Undo = (
  bytes: Uint8Array,
  parameters: Parameters,
  mostBytes: number,
) => Promise<Uint8Array | undefined> | Uint8Array | undefined

const flate: Undo = async (bytes, parameters, mostBytes) =>
  undoPredictor(await inflated(bytes, mostBytes), parameters)
const lzw: Undo = (bytes, parameters, mostBytes) => {
  const plain = fromLzw(bytes, parameters.early, mostBytes)
  return plain && undoPredictor(plain, parameters)
}
const runLengths: Undo = (bytes, _, mostBytes) => fromRunLengths(bytes, mostBytes)

/** By the names of filters, and the short ones that inline images have and some programs write elsewhere, too. */
const undoing = new Map<unknown, Undo>([
  ['/FlateDecode', flate],
  ['/Fl', flate],
  ['/LZWDecode', lzw],
  ['/LZW', lzw],
  ['/RunLengthDecode', runLengths],
  ['/RL', runLengths],
  ['/ASCII85Decode', fromAscii85],
  ['/A85', fromAscii85],
  ['/ASCIIHexDecode', fromAsciiHex],
  ['/AHx', fromAsciiHex],
])

function parametersOf(dictionary: Dictionary, index: number, objects: PdfObjects): Parameters {
  const given = objects.resolve(dictionary['/DecodeParms'])
  const parameters = objects.dictionary(Array.isArray(given) ? given[index] : given)
  return {
    predictor: objects.number(parameters['/Predictor']) || 1,
    colors: objects.number(parameters['/Colors']) || 1,
    bits: objects.number(parameters['/BitsPerComponent']) || 8,
    columns: objects.number(parameters['/Columns']) || 1,
    early: objects.resolve(parameters['/EarlyChange']) !== 0,
  }
}

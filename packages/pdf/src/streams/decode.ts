import type { Dictionary, PdfObjects } from '../objects/pdf-objects.ts'
import { fromAscii85, fromAsciiHex } from './ascii-filters.ts'
import { type Filter, filtersIn } from './filters.ts'
import { inflated } from './inflate.ts'
import { fromLzw, fromRunLengths } from './lzw.ts'
import { type Prediction, undoPredictor } from './predictor.ts'

/**
 * The bytes of a stream without its filters, predictors undone; undefined where one of them is for pictures or unknown,
 * where readers would not agree on them, or where the data is broken.
 * @param mostBytes what it may unpack to
 * @throws JobFailure decompression_bomb; zlib's error on broken data
 */
export async function decode(
  raw: Uint8Array,
  dictionary: Dictionary,
  objects: PdfObjects,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  const filters = filtersIn(dictionary, objects)
  return filters && undoFilters(raw, filters, objects, mostBytes)
}

/** Undoes filters one after the other, predictors included; as `decode`. */
export async function undoFilters(
  raw: Uint8Array,
  filters: readonly Filter[],
  objects: PdfObjects,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  if (!filters.every(({ name }) => known.has(name))) return undefined
  let bytes: Uint8Array | undefined = raw
  for (const filter of filters) {
    bytes = await undo(bytes, filter, objects, mostBytes)
    if (!bytes) return undefined
  }
  return bytes
}

const known = new Set(['/FlateDecode', '/LZWDecode', '/RunLengthDecode', '/ASCII85Decode', '/ASCIIHexDecode'])

async function undo(
  bytes: Uint8Array,
  { name, parameters }: Filter,
  objects: PdfObjects,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  switch (name) {
    case '/ASCII85Decode':
      return fromAscii85(bytes)
    case '/ASCIIHexDecode':
      return fromAsciiHex(bytes)
    case '/RunLengthDecode':
      return fromRunLengths(bytes, mostBytes)
  }
  const prediction = predictionIn(parameters, objects)
  if (!prediction) return undefined
  const isEarly = objects.resolve(parameters['/EarlyChange']) !== 0
  const plain = name === '/LZWDecode' ? fromLzw(bytes, isEarly, mostBytes) : await inflated(bytes, mostBytes)
  return plain && undoPredictor(plain, prediction)
}

/** The most that readers take; what is more is a mistake or an attack. */
const [mostColors, mostColumns] = [32, 1 << 24]
const depths = [1, 2, 4, 8, 16]

/** How the samples were predicted (ISO 32000-1, table 8); undefined for what makes no sense. */
function predictionIn(parameters: Dictionary, objects: PdfObjects): Prediction | undefined {
  const numberOf = (key: string, usual: number) => {
    const value = objects.resolve(parameters[key])
    return value === undefined || value === null ? usual : objects.number(value)
  }
  const prediction = {
    predictor: numberOf('/Predictor', 1),
    colors: numberOf('/Colors', 1),
    bits: numberOf('/BitsPerComponent', 8),
    columns: numberOf('/Columns', 1),
  }
  const { predictor, colors, bits, columns } = prediction
  if (predictor === 1) return prediction
  const isWithin = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
  return isWithin(colors, mostColors) && isWithin(columns, mostColumns) && depths.includes(bits)
    ? prediction
    : undefined
}

import { damaged } from '../objects/parse.ts'
import { type Dictionary, isDictionary } from '../objects/pdf-objects.ts'
import { inflated } from '../streams/inflate.ts'
import { undoPredictor } from '../streams/predictor.ts'
import type { Budget } from './budget.ts'
import type { FileBytes } from './file-bytes.ts'
import type { Indirect } from './indirect-object.ts'
import { endsAt, searchedData, startOfData } from './stream-data.ts'

/**
 * The bytes of a stream that tells of objects: a cross-reference or object stream. They have no filter, or Flate.
 * @throws JobFailure damaged_pdf, decompression_bomb
 */
export async function packedBytes(file: FileBytes, object: Indirect, budget: Budget): Promise<Buffer> {
  if (object.word !== 'stream' || !isDictionary(object.value))
    throw damaged('objects are told of by no stream')
  const dictionary = object.value
  const at = startOfData(file, object.wordEnd)
  const told = dictionary['/Length']
  const { length } =
    typeof told === 'number' && endsAt(file, at + told)
      ? { length: told }
      : searchedData(file, at, budget.addSearched)
  const raw = file.slice(at, length)
  const filter = single(dictionary['/Filter'])
  if (filter === undefined) return raw
  if (filter !== '/FlateDecode') throw damaged(`objects are packed with ${JSON.stringify(filter)}`)
  const unpacked = await unpackedOf(raw, budget)
  budget.addUnpacked(unpacked.length)
  const parameters = single(dictionary['/DecodeParms'])
  const plain = undoPredictor(unpacked, predictionOf(isDictionary(parameters) ? parameters : {}))
  if (!plain) throw damaged('objects are packed with an unknown predictor')
  return Buffer.from(plain.buffer, plain.byteOffset, plain.length)
}

async function unpackedOf(raw: Buffer, budget: Budget): Promise<Buffer> {
  try {
    return await inflated(raw, budget.unpackedLeft())
  } catch (error) {
    if (error instanceof Error && 'errno' in error) throw damaged(`objects do not unpack: ${error.message}`)
    throw error
  }
}

/** What stands there alone, or as the only one of an array. */
const single = (value: unknown): unknown => {
  if (!Array.isArray(value)) return value
  if (value.length > 1) throw damaged('objects are packed more than once')
  return value[0]
}

/** Rows of so many bytes are far longer than any that tells of objects. */
const mostColumns = 4096

function predictionOf(parameters: Dictionary) {
  const number = (key: string, usual: number) => {
    const value = parameters[key] ?? usual
    if (typeof value !== 'number' || value < 1 || value > mostColumns || !Number.isInteger(value))
      throw damaged(`objects are packed with ${key} ${JSON.stringify(value)}`)
    return value
  }
  return {
    predictor: number('/Predictor', 1),
    colors: number('/Colors', 1),
    bits: number('/BitsPerComponent', 8),
    columns: number('/Columns', 1),
  }
}

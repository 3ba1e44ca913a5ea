import { type Dictionary, type PdfObjects, without } from '@pdf-smaller/pdf'
import { decode, filtersOf, pack } from './flate.ts'
import type { NewStream } from './new-stream.ts'

const leastBytes = 64
const gain = 0.99

/**
 * Packs a stream with the strongest Flate; undefined when that gains nothing. Streams with predictors are left alone:
 * packed without them they grow many times over.
 */
export async function repack(
  dictionary: Dictionary,
  raw: Buffer,
  objects: PdfObjects,
): Promise<NewStream | undefined> {
  if (raw.length < leastBytes) return undefined
  const isPacked = filtersOf(dictionary, objects).length > 0
  const bytes = await decode(raw, dictionary, objects)
  if (!bytes || (isPacked && dictionary['/DecodeParms'] !== undefined)) return undefined
  const packed = await pack(bytes)
  if (packed.length >= raw.length * gain) return undefined
  return {
    bytes: packed,
    dictionary: { ...without(dictionary, '/Length', '/DecodeParms'), '/Filter': '/FlateDecode' },
  }
}

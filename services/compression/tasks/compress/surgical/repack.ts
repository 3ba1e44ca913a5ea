import type { Dictionary, PdfObjects } from '../pdf-objects.ts'
import { filtersOf, pack, unpack } from './flate.ts'
import type { NewStream } from './image.ts'

const leastBytes = 64
const gain = 0.99

/**
 * Packs a stream with the strongest Flate; undefined when that gains nothing. Streams with predictors are left alone:
 * packed without them they grow many times over.
 */
export async function repack(
  dictionary: Dictionary,
  raw: Uint8Array,
  objects: PdfObjects,
): Promise<NewStream | undefined> {
  const filters = filtersOf(dictionary, objects)
  const isFlate = filters.length > 0 && filters.every((filter) => filter === '/FlateDecode')
  if (filters.length > 0 && !isFlate) return undefined
  // Readers look for metadata without unpacking it.
  if (dictionary['/Type'] === '/Metadata' && !isFlate) return undefined
  if (raw.length < leastBytes) return undefined
  let bytes: Uint8Array = raw
  for (const _ of filters) bytes = await unpack(bytes)
  if (isFlate && dictionary['/DecodeParms'] !== undefined) return undefined
  const packed = await pack(bytes)
  if (packed.length >= raw.length * gain) return undefined
  const { '/Length': _, '/DecodeParms': __, ...rest } = dictionary
  return { bytes: packed, dictionary: { ...rest, '/Filter': '/FlateDecode' } }
}

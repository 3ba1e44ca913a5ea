import { type Dictionary, type PdfObjects, type PdfStream, without } from '@pdf-smaller/pdf'
import type { Packing } from '../levels.ts'
import type { Work } from '../work.ts'
import { decode, filtersOf, mostHardBytes, pack, unpack } from './flate.ts'
import { inParallel } from './in-parallel.ts'
import type { NewStream } from './new-stream.ts'
import { orAsItIs } from './or-as-it-is.ts'

const leastBytes = 64
/** What remains must be less than this part. */
const gain: Record<Packing, number> = { usual: 0.99, hardest: 1 }
/** So many packed bytes of a document are packed the hard way, which takes about a minute of one core. */
const mostHardInAll = 8 * 1024 * 1024

/** Packs a stream with the strongest Flate; undefined when that gains nothing. */
export async function repack(
  dictionary: Dictionary,
  raw: Uint8Array,
  objects: PdfObjects,
  packing: Packing,
): Promise<NewStream | undefined> {
  if (raw.length < leastBytes) return undefined
  const isPacked = filtersOf(dictionary, objects).length > 0
  const plain = await plainOf(dictionary, raw, objects)
  if (!plain) return undefined
  const packed = await pack(plain.bytes, packing)
  if (packed.length >= raw.length * (isPacked ? gain[packing] : gain.usual)) return undefined
  return { bytes: packed, dictionary: { ...plain.dictionary, '/Filter': '/FlateDecode' } }
}

/** Unpacked bytes; a predictor stays as it is, for without it they would grow many times over. */
async function plainOf(
  dictionary: Dictionary,
  raw: Uint8Array,
  objects: PdfObjects,
): Promise<NewStream | undefined> {
  const [filter, second] = filtersOf(dictionary, objects)
  if (filter === '/FlateDecode' && second === undefined)
    return { bytes: await unpack(raw), dictionary: without(dictionary, '/Length') }
  if (dictionary['/DecodeParms'] !== undefined) return undefined
  const bytes = await decode(raw, dictionary, objects)
  return bytes && { bytes, dictionary: without(dictionary, '/Length') }
}

/**
 * Packs streams anew where that gains, each as hard as the level says while the document is not too large for it.
 * @param from the part of the compression that is done before, 0 to 1; this is a tenth of it
 */
export async function repackStreams(
  streams: readonly PdfStream[],
  { document: { copy }, settings, context }: Work,
  from: number,
): Promise<void> {
  const { engine, signal, progress } = context
  let [left, done] = [mostHardInAll, 0]
  await inParallel(engine.cores, streams, async (stream) => {
    signal.throwIfAborted()
    progress('compression', from + (0.1 * done++) / streams.length, 1, `stream ${done} of ${streams.length}`)
    const { reference, dictionary } = stream
    // Metadata is looked for without unpacking it; what may be done to it is decided elsewhere.
    if (dictionary['/Type'] === '/Metadata') return
    const raw = await copy.read(stream)
    left -= raw.length
    const packing = left < 0 ? 'usual' : settings.packing
    if (isImage(stream) && (packing === 'usual' || pixelsOf(stream, copy) > mostHardBytes)) return
    const packed = await engine.core(() => orAsItIs(() => repack(dictionary, raw, copy, packing)))
    if (packed) await copy.putStream(reference, packed.dictionary, packed.bytes)
  })
}

const isImage = ({ dictionary }: PdfStream) => dictionary['/Subtype'] === '/Image'

/** How many pixels an image says to have: what it unpacks to is not bounded otherwise. */
function pixelsOf({ dictionary }: PdfStream, objects: PdfObjects): number {
  return objects.number(dictionary['/Width']) * objects.number(dictionary['/Height'])
}

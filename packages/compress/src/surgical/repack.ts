import {
  type Dictionary,
  filtersIn,
  orAsItIs,
  type PdfObjects,
  type PdfStream,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import type { Packing } from '../levels.ts'
import type { Work } from '../work.ts'
import { undoFilters } from './decode.ts'
import { mostHardBytes, pack, unpack } from './flate.ts'
import { inParallel } from './in-parallel.ts'
import type { NewStream } from './new-stream.ts'

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
  const plain = await plainOf(dictionary, raw, objects)
  if (!plain) return undefined
  const packed = await pack(plain.bytes, packing)
  if (packed.length >= raw.length * (plain.wasPacked ? gain[packing] : gain.usual)) return undefined
  const rest = without(dictionary, '/Filter', '/DecodeParms', '/Length', '/DL')
  return { bytes: packed, dictionary: { ...rest, '/Filter': '/FlateDecode', ...plain.parameters } }
}

type Plain = { bytes: Uint8Array; wasPacked: boolean; parameters: Dictionary }

/** Unpacked bytes; a predictor of Flate stays as it is, for without it they would grow many times over. */
async function plainOf(
  dictionary: Dictionary,
  raw: Uint8Array,
  objects: PdfObjects,
): Promise<Plain | undefined> {
  const filters = filtersIn(dictionary, objects)
  if (!filters) return undefined
  const last = filters.at(-1)
  const wasPacked = last !== undefined
  const keeps = last?.name === '/FlateDecode' && Object.keys(last.parameters).length > 0
  if (!keeps) {
    const bytes = await undoFilters(raw, filters, objects)
    return bytes && { bytes, wasPacked, parameters: {} }
  }
  const packed = await undoFilters(raw, filters.slice(0, -1), objects)
  return packed && { bytes: await unpack(packed), wasPacked, parameters: { '/DecodeParms': last.parameters } }
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
    if (isImage(stream)) {
      if (packing === 'usual') return putPlainly(copy, stream, raw)
      if (pixelsOf(stream, copy) > mostHardBytes || !isInFlate(stream, copy)) return
    }
    const packed = await engine.core(() => orAsItIs(() => repack(dictionary, raw, copy, packing)))
    if (packed) await copy.putStream(reference, packed.dictionary, packed.bytes)
  })
}

const isImage = ({ dictionary }: PdfStream) => dictionary['/Subtype'] === '/Image'

/** Where samples are cut short, renderers go on in another way after each filter. */
const isInFlate = ({ dictionary }: PdfStream, objects: PdfObjects) =>
  filtersIn(dictionary, objects)?.every(({ name }) => name === '/FlateDecode' || name.startsWith('/ASCII'))

/** Flate as the only filter stands without an array: else qpdf 11.3 unpacks it, and packs it without its predictor. */
async function putPlainly(
  copy: WorkingCopy,
  { reference, dictionary }: PdfStream,
  raw: Buffer,
): Promise<void> {
  const filters = filtersIn(dictionary, copy)
  const [only] = filters ?? []
  if (filters?.length !== 1 || only?.name !== '/FlateDecode') return
  if (!Array.isArray(copy.resolve(dictionary['/Filter']))) return
  const { '/DecodeParms': _, ...rest } = dictionary
  const parameters = Object.keys(only.parameters).length > 0 ? { '/DecodeParms': only.parameters } : {}
  await copy.putStream(reference, { ...rest, '/Filter': only.name, ...parameters }, raw)
}

/** How many pixels an image says to have: what it unpacks to is not bounded otherwise. */
function pixelsOf({ dictionary }: PdfStream, objects: PdfObjects): number {
  return objects.number(dictionary['/Width']) * objects.number(dictionary['/Height'])
}

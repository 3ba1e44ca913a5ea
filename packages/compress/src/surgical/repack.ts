import {
  type Dictionary,
  type FileSlice,
  filtersIn,
  orAsItIs,
  type PdfObjects,
  type PdfStream,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import type { Work } from '../work.ts'
import { undoFilters } from './decode.ts'
import { pack, unpack } from './flate.ts'
import type { NewStream } from './new-stream.ts'
import { packHard } from './pack-hard.ts'
import type { PackedStream } from './packed-streams.ts'

const leastBytes = 64
/** Streams are packed together until they hold so much, unpacked, or are so many. */
const [mostTogetherBytes, mostTogether] = [16 * 1024 * 1024, 1000]
/** Larger images are left as they are packed: they would take longer than what they gain is worth. */
const mostPixels = 4 * 1024 * 1024

const placeOf = ({ path, at, length }: FileSlice) => `${path} ${at} ${length}`

/** Packs a stream with zlib's strongest Flate; undefined when that gains nothing. */
export async function repack(
  dictionary: Dictionary,
  raw: Uint8Array,
  objects: PdfObjects,
): Promise<NewStream | undefined> {
  const plain = await plainOf(dictionary, raw, objects)
  if (!plain) return undefined
  const packed = await pack(plain.bytes)
  if (packed.length >= raw.length) return undefined
  return { bytes: packed, dictionary: packedAs(dictionary, plain.parameters) }
}

const packedAs = (dictionary: Dictionary, parameters: Dictionary): Dictionary => ({
  ...without(dictionary, '/Filter', '/DecodeParms', '/Length', '/DL'),
  '/Filter': '/FlateDecode',
  ...parameters,
})

type Plain = { bytes: Uint8Array; parameters: Dictionary }

/**
 * Unpacked bytes, where there are enough of them; a predictor of Flate stays as it is, for without it they would grow
 * many times over.
 */
async function plainOf(
  dictionary: Dictionary,
  raw: Uint8Array,
  objects: PdfObjects,
): Promise<Plain | undefined> {
  if (raw.length < leastBytes) return undefined
  const filters = filtersIn(dictionary, objects)
  if (!filters) return undefined
  const last = filters.at(-1)
  const keeps = last?.name === '/FlateDecode' && Object.keys(last.parameters).length > 0
  if (!keeps) {
    const bytes = await undoFilters(raw, filters, objects)
    return bytes && { bytes, parameters: {} }
  }
  const packed = await undoFilters(raw, filters.slice(0, -1), objects)
  return packed && { bytes: await unpack(packed), parameters: { '/DecodeParms': last.parameters } }
}

/**
 * Packs streams anew where that gains. What was packed before for this document, by another pass, is not packed again.
 * @param from the part of the compression that is done before, 0 to 1; this is a tenth of it
 */
export async function repackStreams(streams: readonly PdfStream[], work: Work, from: number): Promise<void> {
  const { document, packed, context } = work
  const { copy } = document
  const left: PdfStream[] = []
  for (const stream of streams.filter((each) => mayBePacked(each, copy))) {
    const known = packed.get(placeOf(stream.file))
    if (known) put(copy, stream, known)
    else if (!packed.has(placeOf(stream.file))) left.push(stream)
  }
  for (let done = 0; done < left.length;) {
    context.signal.throwIfAborted()
    const told = `stream ${done + 1} of ${left.length}`
    context.progress('compression', from + (0.1 * done) / left.length, 1, told)
    const together = await unpackSome(left.slice(done, done + mostTogether), work)
    await packTogether(together, work)
    done += together.length
  }
  for (const { reference } of streams) await putPlainly(copy, reference)
}

/** Metadata is looked for without unpacking it; what may be done to it is decided elsewhere. */
function mayBePacked(stream: PdfStream, objects: PdfObjects): boolean {
  if (stream.dictionary['/Type'] === '/Metadata') return false
  return !isImage(stream) || (pixelsOf(stream, objects) <= mostPixels && isInFlate(stream, objects))
}

type Unpacked = { stream: PdfStream; plain: Plain | undefined }

/** Unpacks the first of some streams, until they hold enough to be packed together. */
function unpackSome(
  streams: readonly PdfStream[],
  { document: { copy }, context }: Work,
): Promise<Unpacked[]> {
  return context.engine.core(async () => {
    const unpacked: Unpacked[] = []
    let bytes = 0
    for (const stream of streams) {
      if (bytes > mostTogetherBytes) break
      const plain = await orAsItIs(async () => plainOf(stream.dictionary, await copy.read(stream), copy))
      bytes += plain?.bytes.length ?? 0
      unpacked.push({ stream, plain })
    }
    return unpacked
  })
}

async function packTogether(unpacked: readonly Unpacked[], work: Work): Promise<void> {
  const { document, packed, settings, context } = work
  const plain = unpacked.flatMap((each) => (each.plain ? [each.plain.bytes] : []))
  const hard = (await packHard(plain, settings.packing, context.engine)).values()
  for (const { stream, plain: { parameters } = {} } of unpacked) {
    const bytes = parameters ? hard.next().value : undefined
    const isGain = bytes !== undefined && bytes.length < stream.file.length
    if (isGain)
      await document.copy.putStream(stream.reference, packedAs(stream.dictionary, parameters ?? {}), bytes)
    const { file } = document.copy.stream(stream.reference) ?? stream
    packed.set(placeOf(stream.file), isGain ? { file, parameters: parameters ?? {} } : undefined)
    packed.set(placeOf(file), undefined)
  }
}

function put(
  copy: WorkingCopy,
  { reference, dictionary }: PdfStream,
  { file, parameters }: PackedStream,
): void {
  copy.put(reference, { dictionary: packedAs(dictionary, parameters), file })
}

const isImage = ({ dictionary }: PdfStream) => dictionary['/Subtype'] === '/Image'

/** Where samples are cut short, renderers go on in another way after each filter. */
const isInFlate = ({ dictionary }: PdfStream, objects: PdfObjects): boolean =>
  filtersIn(dictionary, objects)?.every(({ name }) => name === '/FlateDecode' || name.startsWith('/ASCII')) ??
  false

/** Flate as the only filter of an image stands without an array: else qpdf 11.3 unpacks it, and packs it without its predictor. */
async function putPlainly(copy: WorkingCopy, reference: string): Promise<void> {
  const stream = copy.stream(reference)
  if (!stream || !isImage(stream)) return
  const filters = filtersIn(stream.dictionary, copy)
  const [only] = filters ?? []
  if (filters?.length !== 1 || only?.name !== '/FlateDecode') return
  if (!Array.isArray(copy.resolve(stream.dictionary['/Filter']))) return
  const { '/DecodeParms': _, ...rest } = stream.dictionary
  const parameters = Object.keys(only.parameters).length > 0 ? { '/DecodeParms': only.parameters } : {}
  copy.put(reference, { dictionary: { ...rest, '/Filter': only.name, ...parameters }, file: stream.file })
}

/** How many pixels an image says to have: what it unpacks to is not bounded otherwise. */
function pixelsOf({ dictionary }: PdfStream, objects: PdfObjects): number {
  return objects.number(dictionary['/Width']) * objects.number(dictionary['/Height'])
}

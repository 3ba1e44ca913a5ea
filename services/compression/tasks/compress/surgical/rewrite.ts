import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { placedImages, readObjects, rewrite } from '@pdf-smaller/engines'
import type { TaskContext } from '@pdf-smaller/worker/task'
import type { InspectedDocument } from '../inspect.ts'
import type { Settings } from '../levels.ts'
import { pdfObjects, type Dictionary, type PdfObjects } from '../pdf-objects.ts'
import type { Options } from '../task.ts'
import { decode } from './flate.ts'
import { type NewStream, reencode } from './image.ts'
import { repack } from './repack.ts'

/** A stream of the document, with its raw bytes in a file. */
type Stream = { reference: string; dictionary: Dictionary; file: string }

/**
 * The surgical pass: every image and every packed stream is encoded anew where that gains, and nothing else of the document is touched.
 * qpdf takes the streams out and puts the new ones in.
 */
export async function rewriteStreams(
  document: InspectedDocument,
  output: string,
  settings: Settings,
  context: TaskContext<Options>,
): Promise<void> {
  const folder = path.join(context.workspace, 'streams')
  await mkdir(folder)
  const json = await readObjects(document.path, context.engine, { streams: path.join(folder, 's') })
  const objects = pdfObjects(json)
  const streams = [...objects.streams()].filter((each): each is Stream => each.file !== undefined)
  const isImage = ({ dictionary }: Stream) => dictionary['/Subtype'] === '/Image'
  const update: Record<string, unknown> = {}
  let done = 0
  const renew = (chosen: Stream[], make: (stream: Stream, raw: Buffer) => Promise<NewStream | undefined>) =>
    inParallel(context.engine.cores, chosen, async (stream) => {
      context.signal.throwIfAborted()
      const changed = await make(stream, await readFile(stream.file))
      if (changed) {
        const datafile = path.join(folder, `new-${stream.reference.replaceAll(' ', '-')}`)
        await writeFile(datafile, changed.bytes)
        update[`obj:${stream.reference}`] = { stream: { dict: changed.dictionary, datafile } }
      }
      done++
      context.progress('compression', (done / streams.length) * 0.9, 3, `stream ${done} of ${streams.length}`)
    })
  // Contents first: what they unpack to is then known to be bounded before an engine reads the pages.
  const others = streams.filter((stream) => !isImage(stream))
  await renew(others, ({ dictionary }, raw) => renewStream(dictionary, raw, objects))
  const images = streams.filter(isImage)
  const places = await placesOf(document, objects, streams, images, context)
  await renew(images, (stream, raw) => renewImage(stream, raw, settings, objects, places))
  const updateFile = path.join(folder, 'update.json')
  await writeFile(
    updateFile,
    JSON.stringify({ version: 2, parameters: { decodelevel: 'none' }, qpdf: [json.qpdf[0], update] }),
  )
  const changes = Object.keys(update).length > 0 ? { update: updateFile } : {}
  await rewrite(document.path, output, context.engine, changes)
}

/** What is known of images from outside their own stream. */
type Places = {
  /** Pixels per inch of each image where it is placed largest. */
  ppi: Map<string, number>
  softMasks: Set<unknown>
  palettes: Map<unknown, Uint8Array>
}

async function placesOf(
  document: InspectedDocument,
  objects: PdfObjects,
  streams: readonly Stream[],
  images: readonly Stream[],
  context: TaskContext<Options>,
): Promise<Places> {
  const ppi = new Map<string, number>()
  const softMasks = new Set<unknown>()
  const palettes = new Map<unknown, Uint8Array>()
  if (images.length === 0) return { ppi, softMasks, palettes }
  for (const { object, ppi: placed } of await placedImages(document.path, context.engine)) {
    if (!object || !(placed > 0)) continue
    const reference = `${object} R`
    ppi.set(reference, Math.min(placed, ppi.get(reference) ?? Infinity))
  }
  const byDictionary = new Map(streams.map((stream) => [stream.dictionary, stream]))
  for (const { dictionary } of images) {
    softMasks.add(dictionary['/SMask'])
    const [name, , , lookup] = objects.array(dictionary['/ColorSpace'])
    const table = name === '/Indexed' ? byDictionary.get(objects.dictionary(lookup)) : undefined
    if (!table) continue
    const bytes = await decode(await readFile(table.file), table.dictionary, objects)
    if (bytes) palettes.set(objects.resolve(lookup), bytes)
  }
  return { ppi, softMasks, palettes }
}

async function renewStream(
  dictionary: Dictionary,
  raw: Buffer,
  objects: PdfObjects,
): Promise<NewStream | undefined> {
  if (dictionary['/Type'] === '/ObjStm' || dictionary['/Type'] === '/XRef') return undefined
  // qpdf 11.3 writes an empty stream as invalid Flate.
  if (raw.length === 0 && dictionary['/Filter'] === undefined) return { bytes: Buffer.from('\n'), dictionary }
  return orAsItIs(() => repack(dictionary, raw, objects))
}

async function renewImage(
  { reference, dictionary }: Stream,
  raw: Buffer,
  settings: Settings,
  objects: PdfObjects,
  { ppi, softMasks, palettes }: Places,
): Promise<NewStream | undefined> {
  const image = await orAsItIs(() =>
    reencode({
      dictionary,
      raw,
      ppi: ppi.get(reference),
      isSoftMask: softMasks.has(reference),
      settings,
      objects,
      paletteStream: (value) => palettes.get(value),
    }),
  )
  return image ?? renewStream(dictionary, raw, objects)
}

/** A stream that cannot be read stays as it is: a viewer may make more of it. */
async function orAsItIs(make: () => Promise<NewStream | undefined>): Promise<NewStream | undefined> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof JobFailure) throw error
    return undefined
  }
}

async function inParallel<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (const item of left) await work(item)
    }),
  )
}

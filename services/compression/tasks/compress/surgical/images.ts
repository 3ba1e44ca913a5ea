import { JobFailure } from '@pdf-smaller/contracts'
import type { PlacedImage } from '@pdf-smaller/engines'
import type { Work } from '../work.ts'
import type { PdfStream, WorkingCopy } from '../working-copy.ts'
import { decode } from './flate.ts'
import { reencode } from './image.ts'
import { inParallel } from './in-parallel.ts'

/** What is known of images from outside their own stream. */
type Places = {
  /** Pixels per inch of each image where it is placed largest. */
  ppi: Map<string, number>
  softMasks: Set<unknown>
  palettes: Map<unknown, Uint8Array>
}

const isImage = ({ dictionary }: PdfStream) => dictionary['/Subtype'] === '/Image'

/** Encodes every image anew where that gains, reduced to the resolution that the level asks for. */
export async function renewImages({ document, analysis, settings, context }: Work): Promise<void> {
  const { copy } = document
  const { engine, signal, progress } = context
  const images = copy.streams().filter(isImage)
  const { ppi, softMasks, palettes } = await placesOf(copy, images, analysis.images)
  let done = 0
  await inParallel(engine.cores, images, async (stream) => {
    signal.throwIfAborted()
    const raw = await copy.read(stream)
    const image = await orAsItIs(() =>
      reencode({
        dictionary: stream.dictionary,
        raw,
        ppi: ppi.get(stream.reference),
        isSoftMask: softMasks.has(stream.reference),
        settings,
        objects: copy,
        paletteStream: (value) => palettes.get(value),
      }),
    )
    if (image) await copy.putStream(stream.reference, image.dictionary, image.bytes)
    done++
    progress('compression', done * 0.8, images.length, `image ${done} of ${images.length}`)
  })
}

async function placesOf(
  copy: WorkingCopy,
  images: readonly PdfStream[],
  placed: readonly PlacedImage[],
): Promise<Places> {
  const ppi = new Map<string, number>()
  const softMasks = new Set<unknown>()
  const palettes = new Map<unknown, Uint8Array>()
  for (const { object, ppi: own } of placed) {
    if (!object || !(own > 0)) continue
    const reference = `${object} R`
    ppi.set(reference, Math.min(own, ppi.get(reference) ?? Infinity))
  }
  for (const { dictionary } of images) {
    softMasks.add(dictionary['/SMask'])
    const [name, , , lookup] = copy.array(dictionary['/ColorSpace'])
    const table = name === '/Indexed' ? copy.stream(lookup) : undefined
    if (!table) continue
    const bytes = await decode(await copy.read(table), table.dictionary, copy)
    if (bytes) palettes.set(copy.resolve(lookup), bytes)
  }
  return { ppi, softMasks, palettes }
}

/** A stream that cannot be read stays as it is: a viewer may make more of it. */
export async function orAsItIs<T>(make: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof JobFailure) throw error
    return undefined
  }
}

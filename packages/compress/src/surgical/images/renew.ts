import { type Dictionary, orAsItIs } from '@pdf-smaller/pdf'
import { gentlerBy, type Settings } from '../../levels.ts'
import type { ImageReason } from '../../report/reasons.ts'
import type { Work } from '../../work.ts'
import { inParallel } from '../in-parallel.ts'
import type { NewStream } from '../new-stream.ts'
import { repack } from '../repack.ts'
import { renewBitmap } from './bilevel.ts'
import { renewBlackWhite } from './black-white.ts'
import { renewCmyk } from './cmyk.ts'
import { decodeForeign } from './drawn.ts'
import { examine, foreignOf, type Image, type Surroundings } from './examine.ts'
import { type LayeredForm, putLayers } from './layers/form.ts'
import { isScannedPage } from './layers/scanned-page.ts'
import { placesOf } from './places.ts'
import { renewPixels } from './picture.ts'
import type { Content } from './reader/content.ts'
import { lasting } from './reader/facts.ts'
import { drawnContent, readContent } from './reader/read.ts'
import { hasDefaultSpaces, isCalRgb, isDevice, openSpaces } from './reader/space.ts'
import { formOf, type Seen, seenOf } from './seen.ts'
import { classOf } from './tally.ts'
import { renewTwoColours } from './two-colours.ts'

/** Encodes every image anew where that gains, reduced as far as the level allows. */
export async function renewImages(work: Work): Promise<void> {
  const { context, analysis, tally } = work
  const { copy } = work.document
  const streams = copy.streams().filter(({ dictionary }) => dictionary['/Subtype'] === '/Image')
  tally.clear()
  if (streams.length === 0) return
  const places = placesOf(work.document, streams, analysis.images)
  const { placeOf, pagesOf } = places
  const seen = (reference: string) => seenOf(places, reference)
  const around = { readSpace: openSpaces(copy), isOverridden: hasDefaultSpaces(copy), placeOf }
  const images: Image[] = []
  for (const stream of streams) {
    const examined = await examine(work, stream, around)
    if ('kept' in examined) tally.add({ ...examined, ...seen(stream.reference) })
    else images.push(examined)
  }
  const foreign = await decodeForeign(copy, images.flatMap(foreignOf), context.engine)
  let done = 0
  await inParallel(context.engine.cores, images, async (image) => {
    context.signal.throwIfAborted()
    const { reference } = image.stream
    const settings = settingsFor(work, pagesOf(reference))
    const renewed = settings
      ? await context.engine.core(() =>
          orAsItIs(() => renew({ ...work, settings }, image, around, foreign.get(reference))),
        )
      : { kept: 'page_would_differ' as const }
    await put(work, image, renewed ?? { kept: 'unreadable' }, seen(reference))
    if (renewed && 'made' in renewed) for (const page of pagesOf(reference)) work.touched.add(page)
    context.progress('compression', ++done * 0.8, images.length, `image ${done} of ${images.length}`)
  })
}

/** How an image on these pages is encoded; undefined where it stays as it is. */
function settingsFor({ settings, gentleness }: Work, pages: Iterable<number>): Settings | undefined {
  if (gentleness.size === 0) return settings
  let steps = 0
  for (const page of pages) steps = Math.max(steps, gentleness.get(page) ?? 0)
  // What stays as it is keeps its colours.
  return gentlerBy(settings, steps) ?? (settings.colours === 'keep' ? undefined : settings)
}

/** What comes of an image: a new form of it, or why it stays as it is. */
type Renewed = { made: NewStream | LayeredForm } | { kept: ImageReason }

async function put(
  { document: { copy }, tally }: Work,
  image: Image,
  renewed: Renewed,
  where: Seen,
): Promise<void> {
  const common = { class: classOf(image.facts, image.place), before: image.bytes, ...where }
  const { reference } = image.stream
  if ('kept' in renewed) return tally.add({ ...common, kept: renewed.kept })
  const { made } = renewed
  tally.add({ ...common, ...formOf(made, image.facts.width, where.ppi) })
  if ('page' in made) await putLayers(copy, reference, made)
  else await copy.putStream(reference, made.dictionary, made.bytes)
}

async function renew(
  work: Work,
  image: Image,
  around: Surroundings,
  foreign: string | undefined,
): Promise<Renewed> {
  const { copy } = work.document
  const { stream, facts, isDrawn } = image
  const content = isDrawn
    ? await drawnContent(facts, foreign)
    : await readContent(copy, stream, facts, foreign)
  if (!content) return { kept: 'not_understood' }
  const made = await encode(work, image, content, around)
  if (!made) return { kept: 'no_gain' }
  if ('page' in made) return { made }
  return { made: (await repack(made.dictionary, made.bytes, copy, work.settings.packing)) ?? made }
}

/** Encodes what an image shows. */
async function encode(
  { document: { copy }, settings }: Work,
  { stream, facts, bytes, place }: Image,
  content: Content,
  { isOverridden }: Surroundings,
): Promise<NewStream | LayeredForm | undefined> {
  const { dictionary } = stream
  const common = { lasting: lasting(dictionary), place, settings }
  switch (content.kind) {
    case 'bitmap': {
      const { bitmap, space } = content
      const { colours } = settings
      const plain =
        colours === 'keep' ? undefined : renewTwoColours(bitmap, facts.space, common.lasting, colours, copy)
      return plain ?? renewBitmap(bitmap, space, common.lasting, bytes)
    }
    case 'inks':
      return renewCmyk({ ...common, inks: content, bytes })
    case 'pixels': {
      const { pixels, space } = content
      if (settings.colours === 'black-white') return renewBlackWhite({ ...common, pixels })
      const shape: Dictionary = { ...common.lasting, '/ColorSpace': dictionary['/ColorSpace'] }
      const mayBeLayered = settings.layers !== 'never' && isScannedPage(shape, copy, place)
      const mayIndex = !isCalRgb(space, copy) && !(isOverridden && isDevice(space))
      return renewPixels({
        ...common,
        pixels,
        space,
        bytes,
        mayBeLayered,
        mayIndex,
        isJpeg: facts.codec === 'jpeg',
      })
    }
  }
  return content satisfies never
}

import { type Dictionary, orAsItIs } from '@pdf-smaller/pdf'
import type { Settings } from '../../levels.ts'
import type { ImageReason } from '../../report/reasons.ts'
import type { Work } from '../../work.ts'
import { inParallel } from '../in-parallel.ts'
import type { NewStream } from '../new-stream.ts'
import { repack } from '../repack.ts'
import { renewBitmap } from './bilevel.ts'
import { renewBlackWhite } from './black-white.ts'
import { renewCmyk } from './cmyk.ts'
import { decodeForeign } from './drawn.ts'
import type { EncodedImage, Form } from './encoded.ts'
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
  const { context, analysis, tally, encoded } = work
  const { copy } = work.document
  const streams = copy.streams().filter(({ dictionary }) => dictionary['/Subtype'] === '/Image')
  tally.clear()
  encoded.clear()
  if (streams.length === 0) return
  const places = placesOf(work.document, streams, analysis.images)
  const { placeOf, pagesOf } = places
  const seen = (reference: string) => seenOf(places, reference)
  const around = { readSpace: openSpaces(copy), isOverridden: hasDefaultSpaces(copy), placeOf }
  const images: Image[] = []
  for (const stream of streams) {
    const examined = await examine(work, stream, around)
    if ('kept' in examined)
      encoded.tell(stream.reference, () => tally.add({ ...examined, ...seen(stream.reference) }))
    else images.push(examined)
  }
  const foreign = await decodeForeign(copy, images.flatMap(foreignOf), context.engine)
  let done = 0
  await inParallel(context.engine.cores, images, async (image) => {
    context.signal.throwIfAborted()
    const { reference } = image.stream
    const own = encodable(
      work,
      image,
      { pages: pagesOf(reference), where: seen(reference) },
      (now, settings) => renew({ ...work, settings }, now, around, foreign.get(reference)),
    )
    await own.encode(own.asked)
    encoded.all.set(reference, own)
    if (own.form.isNew) for (const page of own.pages) work.touched.add(page)
    context.progress('compression', ++done * 0.8, images.length, `image ${done} of ${images.length}`)
  })
  encoded.countAll()
}

/** An image that can be encoded as often as settings change. */
function encodable(
  work: Work,
  image: Image,
  { pages, where }: { pages: Iterable<number>; where: Seen },
  make: (image: Image, settings: Settings) => Promise<Renewed>,
): EncodedImage {
  const { core } = work.context.engine
  const own: EncodedImage = {
    pages,
    coverage: image.place.coverage,
    asked: work.settings,
    form: asItWas,
    encode: async (settings) => {
      const now = { ...image, stream: work.encoded.renamed(image.stream) }
      const made = settings ? await core(() => orAsItIs(() => make(now, settings))) : wouldDiffer
      const renewed = made ?? ({ kept: 'unreadable' } as const)
      await put(work, now, renewed, where)
      own.form = standsAs(renewed)
    },
  }
  return own
}

const wouldDiffer = { kept: 'page_would_differ' } as const
const asItWas: Form = { isNew: false, isLayered: false, lost: 0 }

function standsAs(renewed: Renewed): Form {
  if ('kept' in renewed) return asItWas
  const { made } = renewed
  const isLayered = 'page' in made
  return { isNew: true, isLayered, lost: isLayered ? made.page.lost : (made.lost ?? 0) }
}

/** What comes of an image: a new form of it, or why it stays as it is. */
type Renewed = { made: NewStream | LayeredForm } | { kept: ImageReason }

async function put(work: Work, image: Image, renewed: Renewed, where: Seen): Promise<void> {
  const { tally, encoded } = work
  const { copy } = work.document
  const { reference, dictionary, file } = image.stream
  const common = { class: classOf(image.facts, image.place), before: image.bytes, ...where }
  if ('kept' in renewed) {
    if (encoded.all.has(reference)) copy.put(reference, { dictionary, file })
    return encoded.tell(reference, () => tally.add({ ...common, kept: renewed.kept }))
  }
  const { made } = renewed
  const told = formOf(made, image.facts.width, where.ppi)
  encoded.tell(reference, () => tally.add({ ...common, ...told }))
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

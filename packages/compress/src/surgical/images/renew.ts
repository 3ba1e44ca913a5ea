import { type Dictionary, orAsItIs } from '@pdf-smaller/pdf'
import type { Settings } from '../../levels.ts'
import type { RefusedForm } from '../../report/picture.ts'
import type { Work } from '../../work.ts'
import { inParallel } from '../in-parallel.ts'
import type { NewStream } from '../new-stream.ts'
import { reducedBitmap, renewBitmap } from './bilevel.ts'
import { renewBlackWhite } from './black-white.ts'
import { renewCmyk } from './cmyk.ts'
import { decodeForeign } from './drawn.ts'
import type { EncodedImage, Form } from './encoded.ts'
import type { Renewed } from './encodings.ts'
import { examine, foreignOf, type Image, type Surroundings } from './examine.ts'
import { type LayeredForm, putLayers } from './layers/form.ts'
import { isScannedPage } from './layers/scanned-page.ts'
import { unmixMattes } from './matte.ts'
import { placesOf } from './places.ts'
import { renewPixels } from './picture.ts'
import type { Picture } from './picture-to-pack.ts'
import type { Content } from './reader/content.ts'
import { lasting } from './reader/facts.ts'
import { drawnContent, readContent } from './reader/read.ts'
import { hasDefaultSpaces, isCalRgb, isDevice, openSpaces } from './reader/space.ts'
import { type Seen, seenOf } from './seen.ts'
import { openStory } from './story.ts'
import { renewTwoColours } from './two-colours.ts'

/** Encodes every image anew where that gains, reduced as far as the level allows. */
export async function renewImages(work: Work): Promise<void> {
  const { context, analysis, tally, encoded } = work
  const { copy } = work.document
  const readSpace = openSpaces(copy)
  const unmixed = await unmixMattes(copy, readSpace)
  const streams = copy.streams().filter(({ dictionary }) => dictionary['/Subtype'] === '/Image')
  tally.clear()
  encoded.clear()
  if (streams.length === 0) return
  const places = placesOf(work.document, streams, analysis.images)
  const { placeOf, pagesOf } = places
  const seen = (reference: string) => seenOf(places, reference)
  const around = { readSpace, isOverridden: hasDefaultSpaces(copy), placeOf }
  for (const reference of unmixed) for (const page of pagesOf(reference)) work.touched.add(page)
  const images: Image[] = []
  for (const stream of streams) {
    const examined = await examine(work, stream, around)
    if ('kept' in examined)
      encoded.tell(stream.reference, () => tally.add({ ...examined, ...seen(stream.reference) }))
    else images.push(examined)
  }
  const { encodings } = work
  const askedOf = (reference: string) => encodings.settingsOf(reference, work.settings)
  const isOpen = ({ stream: { reference } }: Image) => {
    const asked = askedOf(reference)
    return asked && !encodings.known(reference, asked)
  }
  const foreign = await decodeForeign(copy, images.filter(isOpen).flatMap(foreignOf), context.engine)
  let done = 0
  await inParallel(context.engine.cores, images, async (image) => {
    context.signal.throwIfAborted()
    const { reference } = image.stream
    const asked = askedOf(reference)
    const own = encodable(work, image, {
      pages: pagesOf(reference),
      where: seen(reference),
      asked,
      make: async (now, settings) => {
        // A file is read once; who encodes an image again has it decoded again.
        const first = foreign.get(reference)
        foreign.delete(reference)
        const drawn = first ?? (await decodeForeign(copy, foreignOf(now), context.engine)).get(reference)
        return renew({ ...work, settings }, now, around, drawn)
      },
    })
    await own.encode(asked)
    encoded.all.set(reference, own)
    if (own.form.isNew) for (const page of own.pages) work.touched.add(page)
    context.progress('compression', ++done * 0.8, images.length, `image ${done} of ${images.length}`)
  })
  encoded.countAll()
}

type Encodable = {
  pages: Iterable<number>
  where: Seen
  /** How it is to be encoded; undefined where it is to stay as it is. */
  asked: Settings | undefined
  make: (image: Image, settings: Settings) => Promise<Renewed>
}

/** An image that can be encoded as often as settings change. */
function encodable(work: Work, image: Image, { pages, where, asked, make }: Encodable): EncodedImage {
  const { encoded, encodings, settings: usual } = work
  const { reference } = image.stream
  const renewed = async (settings: Settings): Promise<Renewed> => {
    // What was made before names objects that may have been merged since.
    const isFirst = !encoded.all.has(reference)
    const known = isFirst ? encodings.known(reference, settings) : undefined
    if (known) return known
    const now = { ...image, stream: encoded.renamed(image.stream) }
    const made = await work.context.engine.core(() => orAsItIs(() => make(now, settings)))
    if (made && isFirst) encodings.keep(reference, settings, made)
    return made ?? { kept: 'unreadable' }
  }
  const asItIs: Renewed = { kept: asked ? 'page_would_differ' : 'fits_as_it_is' }
  const story = openStory(image, where, work.document.copy)
  const own: EncodedImage = {
    pages,
    coverage: image.place.coverage,
    asked: asked ?? usual,
    form: asItWas,
    encode: async (settings, damage) => {
      if (damage) story.refused(damage)
      const made = settings ? await renewed(settings) : asItIs
      await put(work, { ...image, stream: encoded.renamed(image.stream) }, made)
      const outcome = story.became(made)
      encoded.tell(reference, () => work.tally.add(outcome))
      own.form = standsAs(made)
    },
  }
  return own
}

const asItWas: Form = { isNew: false, isLayered: false, lost: 0 }

function standsAs(renewed: Renewed): Form {
  if ('kept' in renewed) return asItWas
  const { made } = renewed
  const isLayered = 'page' in made
  return { isNew: true, isLayered, lost: isLayered ? made.page.lost : (made.lost ?? 0) }
}

async function put(work: Work, { stream }: Image, renewed: Renewed): Promise<void> {
  const { copy } = work.document
  const { reference, dictionary, file } = stream
  if ('kept' in renewed) {
    if (work.encoded.all.has(reference)) copy.put(reference, { dictionary, file })
    return
  }
  const { made } = renewed
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
  const refused: RefusedForm[] = []
  const made = await encode(work, image, content, {
    ...around,
    tellRefused: (form) => void refused.push(form),
  })
  return { ...(made ? { made } : { kept: 'no_gain' }), refused }
}

/** Encodes what an image shows. */
async function encode(
  { document: { copy }, settings }: Work,
  { stream, facts, bytes, place }: Image,
  content: Content,
  { isOverridden, tellRefused }: Surroundings & Pick<Picture, 'tellRefused'>,
): Promise<NewStream | LayeredForm | undefined> {
  const { dictionary } = stream
  const common = { lasting: lasting(dictionary), place, settings }
  switch (content.kind) {
    case 'bitmap': {
      const { bitmap, space } = content
      const { colours } = settings
      const plain =
        colours === 'keep' ? undefined : renewTwoColours(bitmap, facts.space, common.lasting, colours, copy)
      if (plain) return plain
      // A stencil may be painted in any colour, on anything.
      const reduced = space === undefined ? bitmap : await reducedBitmap(bitmap, place, settings)
      return renewBitmap(reduced, space, common.lasting, bytes)
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
        tellRefused,
      })
    }
  }
  return content satisfies never
}

import { orAsItIs, type PdfStream } from '@pdf-smaller/pdf'
import type { Work } from '../../work.ts'
import { inParallel } from '../in-parallel.ts'
import type { NewStream } from '../new-stream.ts'
import { repack } from '../repack.ts'
import { renewBitmap } from './bilevel.ts'
import { renewBlackWhite, renewTwoColours, tellsLightness } from './black-white.ts'
import { renewCmyk } from './cmyk.ts'
import { isDelicate } from './colour.ts'
import { decodeForeign } from './drawn.ts'
import { type LayeredForm, putLayers } from './layers/form.ts'
import { isScannedPage } from './layers/scanned-page.ts'
import { type Place, placesOf } from './places.ts'
import { renewPixels } from './picture.ts'
import { classOf } from './tally.ts'
import { bitmapOf, factsOf, type ImageFacts, mostPixels, pixelsOf } from './source.ts'

/** Smaller images are not worth their new header. */
const leastBytes = 600

type Image = { stream: PdfStream; facts: ImageFacts; bytes: number }

/** Encodes every image anew where that gains, reduced as far as the level allows. */
export async function renewImages(work: Work): Promise<void> {
  const { context, analysis } = work
  const { copy } = work.document
  const streams = copy.streams().filter(({ dictionary }) => dictionary['/Subtype'] === '/Image')
  const { placeOf, pagesOf } = placesOf(work.document, streams, analysis.images)
  const { tally } = work
  tally.clear()
  const kindOf = ({ dictionary, reference }: PdfStream, facts: ImageFacts) =>
    classOf(facts, dictionary['/ImageMask'] === true, placeOf(reference))
  const images: Image[] = []
  for (const stream of streams) {
    const { facts, bytes, kept } = await examine(work, stream)
    if (kept !== undefined) tally.add(facts ? kindOf(stream, facts) : 'other', { before: bytes, kept })
    else images.push({ stream, facts, bytes })
  }
  const foreign = await decodeForeign(
    copy,
    images
      .filter(({ facts }) => facts.decoder === 'foreign')
      .map(({ stream, facts }) => ({ stream, ...spaceFor(stream, facts) })),
    context.engine,
  )
  let done = 0
  await inParallel(context.engine.cores, images, async (image) => {
    context.signal.throwIfAborted()
    const { reference } = image.stream
    const renewed = await context.engine.core(() =>
      orAsItIs(async () => {
        const made = await renew(work, image, placeOf(reference), foreign.get(reference))
        if (!made || 'page' in made) return made
        return (await repack(made.dictionary, made.bytes, copy, work.settings.packing)) ?? made
      }),
    )
    const kind = kindOf(image.stream, image.facts)
    if (!renewed) tally.add(kind, { before: image.bytes, kept: 'no new form is smaller at this level' })
    else {
      tally.add(kind, {
        before: image.bytes,
        after: 'page' in renewed ? renewed.page.bytes : renewed.bytes.length,
      })
      if ('page' in renewed) await putLayers(copy, reference, renewed)
      else await copy.putStream(reference, renewed.dictionary, renewed.bytes)
      for (const page of pagesOf(reference)) work.touched.add(page)
    }
    context.progress('compression', ++done * 0.8, images.length, `image ${done} of ${images.length}`)
  })
}

type Examined =
  | { facts: ImageFacts; bytes: number; kept?: undefined }
  | { facts: ImageFacts | undefined; bytes: number; kept: string }

/** Looks what an image is, and whether it may be encoded anew. */
async function examine({ document: { copy }, settings }: Work, stream: PdfStream): Promise<Examined> {
  const bytes = stream.file.length
  const facts = await orAsItIs(() => factsOf(copy, stream))
  if (!facts) return { facts, bytes, kept: 'it cannot be read' }
  const keep = (kept: string): Examined => ({ facts, bytes, kept })
  if (isDelicate(stream.dictionary, copy))
    return keep('its samples mask by colour, or are mixed with their mask')
  if (bytes < leastBytes && settings.colours === 'keep') return keep(`it has less than ${leastBytes} bytes`)
  if (facts.width * facts.height > mostPixels) return keep('it is too large to decode')
  const mustBeDrawn =
    settings.colours === 'black-white' &&
    !facts.bringsSpace &&
    !tellsLightness(stream.dictionary['/ColorSpace'], copy)
  if (facts.bits === 1) return { facts, bytes }
  if (mustBeDrawn) return { facts: { ...facts, colour: undefined, decoder: 'foreign' }, bytes }
  if (facts.colour || facts.bringsSpace) return { facts, bytes }
  if (facts.isCmyk && facts.decoder !== 'foreign' && facts.bits === 8 && settings.colours === 'keep')
    return { facts, bytes }
  if (settings.colours !== 'keep') return { facts: { ...facts, decoder: 'foreign' }, bytes }
  return keep('its colours would not mean the same in a new form')
}

/**
 * The space in which Poppler is to take the samples: they come back as they are. In a space that is not known here they
 * come back as the colours that they mean.
 */
function spaceFor(
  { dictionary }: PdfStream,
  { bits, colour, bringsSpace }: ImageFacts,
): { space: unknown; decode: unknown } {
  const decode = null
  if (bringsSpace) return { space: undefined, decode }
  if (bits === 1) return { space: '/DeviceGray', decode }
  if (!colour) return { space: dictionary['/ColorSpace'], decode: dictionary['/Decode'] ?? null }
  const device = colour.components === 1 ? '/DeviceGray' : '/DeviceRGB'
  if (!colour.palette) return { space: device, decode }
  const table = Buffer.from(colour.palette.table)
  return {
    space: ['/Indexed', device, table.length / colour.components - 1, `b:${table.toString('hex')}`],
    decode,
  }
}

async function renew(
  { document: { copy }, settings }: Work,
  { stream, facts, bytes }: Image,
  place: Place,
  foreign: string | undefined,
): Promise<NewStream | LayeredForm | undefined> {
  if (facts.decoder === 'foreign' && !foreign) return undefined
  if (facts.bits === 1) {
    const bitmap = await bitmapOf(copy, stream, facts, foreign)
    if (!bitmap) return undefined
    const inTwoColours =
      settings.colours === 'black-white' ? renewTwoColours(bitmap, facts, stream.dictionary, copy) : undefined
    return inTwoColours ?? renewBitmap(bitmap, stream.dictionary, bytes)
  }
  if (facts.isCmyk && !foreign) {
    const { width, height, decoder } = facts
    const raw = await copy.read(stream)
    const { dictionary } = stream
    return renewCmyk({
      raw,
      dictionary,
      objects: copy,
      isJpeg: decoder === 'jpeg',
      width,
      height,
      place,
      settings,
    })
  }
  const pixels = await pixelsOf(copy, stream, facts, foreign)
  if (!pixels) return undefined
  const picture = { pixels, facts, dictionary: stream.dictionary, place, settings }
  if (settings.colours === 'black-white') return renewBlackWhite({ ...picture, objects: copy })
  const mayBeLayered = settings.layers !== 'never' && isScannedPage(stream.dictionary, copy, place)
  return renewPixels({ ...picture, bytes, mayBeLayered })
}

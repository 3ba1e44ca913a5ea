import { type Dictionary, without } from '@pdf-smaller/pdf'
import { gentler, type Settings } from '../../levels.ts'
import { greyed, type Pixels } from '../../pictures/pixels.ts'
import type { NewStream } from '../new-stream.ts'
import { chooseEncoding, firstScale, type Judged } from './choose.ts'
import { encodeJpeg } from './codec.ts'
import type { LayeredForm } from './layers/form.ts'
import { layeredPage, type LayeredPage } from './layers/layered.ts'
import { type Encoded, encodeLossless } from './lossless.ts'
import { mosaicOf } from './mosaic.ts'
import { type Place, ppiOf, weightOf } from './places.ts'
import { isOnPaper, isReadable } from './reading/readable.ts'
import type { ImageFacts } from './source.ts'
import { resizedBy } from './trial.ts'

export type Picture = {
  pixels: Pixels
  facts: ImageFacts
  dictionary: Dictionary
  /** What the image takes as it stands. */
  bytes: number
  place: Place
  settings: Settings
  /** Whether it may be put in layers: a scanned page that nothing else depends on. */
  mayBeLayered: boolean
}

/** A lossy copy must save a tenth, a lossless one a fiftieth. */
const lossyGain = 0.9
const losslessGain = 0.98
/** What samples say of sizes may be wrong by so much, as a natural logarithm: by half. */
const doubt = 0.4
/** Below it, soft edges show steps. */
const leastMaskQuality = 75

/** What an image is to become, whatever its encoding. */
type Goal = {
  picture: Picture
  /** Reduced to the resolution that the level leaves, and its part of the sides. */
  reduced: Pixels
  first: number
  space: unknown
  dictionary: Dictionary
  /** What a new form has to be smaller than. */
  bytes: number
}

/** Encodes an image of several bits to a sample anew; undefined when that gains nothing. */
export async function renewPixels(original: Picture): Promise<Renewed> {
  const turnsGrey = original.settings.colours === 'grayscale' && original.pixels.channels === 3
  const picture = turnsGrey ? { ...original, pixels: greyed(original.pixels) } : original
  const { pixels, facts, place, settings } = picture
  // Colours that were read as what they mean are understood already.
  const dictionary =
    facts.colour || facts.bringsSpace ? picture.dictionary : without(picture.dictionary, '/Decode')
  // An image that turns grey is taken whatever its size.
  const bytes = turnsGrey ? Infinity : picture.bytes
  const ppi = ppiOf(place)
  const space = turnsGrey ? '/DeviceGray' : spaceOf(picture)
  const first = firstScale(ppi, settings.resolutions)
  const reduced = first < 1 ? await resizedBy(pixels, first) : pixels
  const goal = { picture, reduced, first, space, dictionary, bytes }
  const page = picture.mayBeLayered ? await layeredPage(pixels, ppi, settings, weightOf(place)) : undefined
  const chosen = await choiceFor(reduced, ppi * first, picture, page?.cost)
  if (page && isBetter(page, chosen, settings) && page.bytes < bytes * lossyGain)
    return { page, space, dictionary }
  const usual = await encoded(goal, chosen)
  if (!usual?.jpeg || (await staysReadable(picture, usual.jpeg))) return usual?.stream
  return readable(goal, page)
}

/** A form in which nothing is lost that a reader reads, where the level's own JPEG would lose some: layers, or a gentler JPEG. */
async function readable(goal: Goal, page: LayeredPage | undefined): Promise<Renewed> {
  const { picture, reduced, first, space, dictionary, bytes } = goal
  const settings = gentler(picture.settings) ?? picture.settings
  const gentle = { ...picture, settings }
  const chosen = await choiceFor(reduced, ppiOf(picture.place) * first, gentle, undefined)
  const { layers } = picture.settings
  const isTaken =
    page && layers === 'bargain' && page.bytes < Math.min(bytes * lossyGain, Math.exp(chosen.size))
  if (isTaken) return { page, space, dictionary }
  const made = await encoded({ ...goal, picture: gentle }, chosen)
  const isGood = !made?.jpeg || bytes === Infinity || (await staysReadable(picture, made.jpeg))
  return isGood ? made?.stream : undefined
}

type Renewed = NewStream | LayeredForm | undefined

/** Who asks for a resolution or a quality gets it; pictures have no marks to be read. */
async function staysReadable({ pixels, place, settings }: Picture, jpeg: Buffer): Promise<boolean> {
  if (settings.insists || place.isSoftMask || !isOnPaper(pixels)) return true
  return isReadable(pixels, ppiOf(place), jpeg)
}

/** The image as JPEG or without loss, whichever is the better bargain; undefined where neither gains. */
async function encoded(
  { picture, reduced, first, space, dictionary, bytes }: Goal,
  chosen: Judged,
): Promise<{ stream: NewStream; jpeg?: Buffer } | undefined> {
  const { pixels, facts, settings } = picture
  const look = settings.insists ? 0 : chosen.look
  const lossless = facts.decoder === 'jpeg' ? undefined : await losslessIfClose(picture, space, chosen.cost)
  const isWorthATry = chosen.size + look < Math.log(bytes) + doubt
  const small = chosen.scale < 1 ? await resizedBy(pixels, first * chosen.scale) : reduced
  const jpeg = isWorthATry ? await encodeJpeg(small, chosen.quality, 'final') : undefined
  if (lossless && (!jpeg || lossless.bytes.length < jpeg.length * Math.exp(look))) {
    if (lossless.bytes.length > bytes * losslessGain) return undefined
    return { stream: { bytes: lossless.bytes, dictionary: { ...bare(dictionary), ...lossless.entries } } }
  }
  const isBargain = jpeg && jpeg.length * Math.exp(look) < bytes * lossyGain
  return isBargain
    ? { stream: jpegStream(jpeg, small, { ...dictionary, '/ColorSpace': space }), jpeg }
    : undefined
}

const isBetter = (page: LayeredPage, image: Judged, { layers }: Settings) =>
  page.cost < image.cost && (layers === 'bargain' || page.lost <= image.lost)

function jpegStream(bytes: Buffer, { width, height }: Pixels, dictionary: Dictionary): NewStream {
  const size = { '/Width': width, '/Height': height, '/BitsPerComponent': 8 }
  return { bytes, dictionary: { ...bare(dictionary), ...size, '/Filter': '/DCTDecode' } }
}

const bare = (dictionary: Dictionary) => without(dictionary, '/Filter', '/DecodeParms', '/Length')

function spaceOf({ facts, dictionary, pixels }: Picture): unknown {
  if (facts.bringsSpace) return pixels.channels === 1 ? '/DeviceGray' : '/DeviceRGB'
  return facts.colour?.palette ? facts.colour.palette.base : dictionary['/ColorSpace']
}

function choiceFor(
  pixels: Pixels,
  ppi: number,
  { place, settings }: Picture,
  rival: number | undefined,
): Promise<Judged> {
  const leastQuality = place.isSoftMask
    ? Math.max(leastMaskQuality, settings.leastQuality)
    : settings.leastQuality
  return chooseEncoding(pixels, ppi, { ...settings, leastQuality }, weightOf(place), rival)
}

/** The lossless form, where a sample of the image says that it may be the better bargain. */
async function losslessIfClose(
  { pixels, place }: Picture,
  space: unknown,
  cost: number,
): Promise<Encoded | undefined> {
  const mosaic = mosaicOf(pixels)
  const share = (pixels.width * pixels.height) / (mosaic.width * mosaic.height)
  const sample = await encodeLossless(mosaic, space, !place.isSoftMask)
  if (mosaic === pixels) return sample
  const isClose = Math.log(sample.bytes.length * share) < cost + doubt
  return isClose ? encodeLossless(pixels, space, !place.isSoftMask) : undefined
}

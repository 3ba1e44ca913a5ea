import type { Dictionary } from '@pdf-smaller/pdf'
import { greyed, type Pixels } from '@pdf-smaller/pictures/pixels'
import { gentler, type Settings } from '../../levels.ts'
import type { NewStream } from '../new-stream.ts'
import { chooseEncoding, firstScale, type Judged } from './choose.ts'
import { encodeJpeg } from './codec.ts'
import type { LayeredForm } from './layers/form.ts'
import { layeredPage, type LayeredPage } from './layers/layered.ts'
import { type Encoded, encodeLossless } from './lossless.ts'
import { mosaicOf } from './mosaic.ts'
import { type Place, ppiOf, weightOf } from './places.ts'
import { keptInLayers, keptInPicture } from './reading/losses.ts'
import { isOnPaper, isReadable } from './reading/readable.ts'
import { resizedBy } from './trial.ts'

export type Picture = {
  pixels: Pixels
  /** The colour space of the pixels. */
  space: unknown
  /** The entries of the image that last. */
  lasting: Dictionary
  /** Whether it is a JPEG, of which a lossless copy would be larger. */
  isJpeg: boolean
  /** Whether its colours may stand in a table. */
  mayIndex: boolean
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
  /** What a new form has to be smaller than. */
  bytes: number
}

type Renewed = NewStream | LayeredForm | undefined

/** Encodes an image of several bits to a sample anew; undefined when that gains nothing. */
export async function renewPixels(original: Picture): Promise<Renewed> {
  const turnsGrey = original.settings.colours === 'grayscale' && original.pixels.channels === 3
  const picture = turnsGrey
    ? { ...original, pixels: greyed(original.pixels), space: '/DeviceGray' }
    : original
  const { pixels, space, lasting, place, settings } = picture
  // An image that turns grey is taken whatever its size.
  const bytes = turnsGrey ? Infinity : picture.bytes
  const ppi = ppiOf(place)
  const first = firstScale(ppi, settings.resolutions)
  const reduced = first < 1 ? await resizedBy(pixels, first) : pixels
  const goal = { picture, reduced, first, bytes }
  const page = picture.mayBeLayered ? await layeredPage(pixels, ppi, settings, weightOf(place)) : undefined
  const chosen = await choiceFor(reduced, ppi * first, picture, page?.cost)
  if (page && isBetter(page, chosen, settings) && page.bytes < bytes * lossyGain)
    return { page, space, dictionary: lasting }
  const usual = await encoded(goal, chosen)
  if (!usual?.jpeg || (await staysReadable(picture, usual.jpeg))) return usual?.stream
  return readable(goal, page)
}

/** A form in which nothing is lost that a reader reads, where the level's own JPEG would lose some: layers, or a gentler JPEG. */
async function readable(goal: Goal, page: LayeredPage | undefined): Promise<Renewed> {
  const { picture, reduced, first, bytes } = goal
  const { space, lasting } = picture
  const { resolutions, ...settings } = gentler(picture.settings) ?? picture.settings
  // Fewer pixels lose more of what is read than a lower quality does.
  const gentle = { ...picture, settings: { ...settings, resolutions: [resolutions[0]] as const } }
  const chosen = await choiceFor(reduced, ppiOf(picture.place) * first, gentle, undefined)
  const { layers } = picture.settings
  const isTaken =
    page && layers === 'bargain' && page.bytes < Math.min(bytes * lossyGain, Math.exp(chosen.size))
  if (isTaken) return { page, space, dictionary: lasting }
  const made = await encoded({ ...goal, picture: gentle }, chosen)
  const isGood = !made?.jpeg || bytes === Infinity || (await staysReadable(picture, made.jpeg))
  return isGood ? made?.stream : undefined
}

/** Who asks for a resolution or a quality gets it; pictures have no marks to be read. */
async function staysReadable({ pixels, place, settings }: Picture, jpeg: Buffer): Promise<boolean> {
  if (settings.insists || place.isSoftMask || !isOnPaper(pixels)) return true
  // What gives up most of the look is held to marks as layers are: faint amounts were lost there.
  const leastKept = settings.layers === 'bargain' ? keptInLayers : keptInPicture
  return isReadable(pixels, ppiOf(place), jpeg, { mostColour: settings.mostColour, leastKept })
}

/** The image as JPEG or without loss, whichever is the better bargain; undefined where neither gains. */
async function encoded(
  { picture, reduced, first, bytes }: Goal,
  chosen: Judged,
): Promise<{ stream: NewStream; jpeg?: Buffer } | undefined> {
  const { pixels, space, lasting, isJpeg, settings } = picture
  const look = settings.insists ? 0 : chosen.look
  const lossless = isJpeg ? undefined : await losslessIfClose(picture, chosen.cost)
  const isWorthATry = chosen.size + look < Math.log(bytes) + doubt
  const small = chosen.scale < 1 ? await resizedBy(pixels, first * chosen.scale) : reduced
  const jpeg = isWorthATry ? await encodeJpeg(small, chosen.quality, 'final') : undefined
  if (lossless && (!jpeg || lossless.bytes.length < jpeg.length * Math.exp(look))) {
    if (lossless.bytes.length > bytes * losslessGain) return undefined
    const dictionary = { ...lasting, ...sizeOf(pixels), ...lossless.entries }
    return { stream: { bytes: lossless.bytes, dictionary } }
  }
  const isBargain = jpeg && jpeg.length * Math.exp(look) < bytes * lossyGain
  return isBargain
    ? { stream: { bytes: jpeg, dictionary: { ...lasting, ...jpegEntries(small, space) } }, jpeg }
    : undefined
}

const isBetter = (page: LayeredPage, image: Judged, { layers }: Settings) =>
  page.cost < image.cost && (layers === 'bargain' || page.lost <= image.lost)

const sizeOf = ({ width, height }: Pixels) => ({ '/Width': width, '/Height': height })

const jpegEntries = (pixels: Pixels, space: unknown): Dictionary => ({
  ...sizeOf(pixels),
  '/ColorSpace': space,
  '/BitsPerComponent': 8,
  '/Filter': '/DCTDecode',
})

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
  { pixels, space, place, mayIndex }: Picture,
  cost: number,
): Promise<Encoded | undefined> {
  const mayTable = mayIndex && !place.isSoftMask
  const mosaic = mosaicOf(pixels)
  const share = (pixels.width * pixels.height) / (mosaic.width * mosaic.height)
  const sample = await encodeLossless(mosaic, space, mayTable)
  if (mosaic === pixels) return sample
  const isClose = Math.log(sample.bytes.length * share) < cost + doubt
  return isClose ? encodeLossless(pixels, space, mayTable) : undefined
}

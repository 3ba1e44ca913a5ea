import { type Dictionary, type PdfObjects, without } from '@pdf-smaller/pdf'
import type { Settings } from '../../levels.ts'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { blackWhite, dotted, halved } from '@pdf-smaller/pictures/black-white'
import { shadesOf } from '@pdf-smaller/pictures/shades'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { NewStream } from '../new-stream.ts'
import { type Place, ppiOf } from './places.ts'
import type { ImageFacts } from './source.ts'
import { resizedBy } from './trial.ts'

/** Writing and masks keep so many pixels per inch, pictures made of dots fewer: dots do not pack. */
const [writingPpi, picturePpi] = [300, 150]
/** Images of few pixels are enlarged first, which keeps curves smooth and dots small; but not beyond bounds. */
const mostEnlarged = 4
const mostPixels = 40_000_000
/** Spaces in which a higher sample is lighter. */
const lightSpaces = /^\/(DeviceGray|CalGray|DeviceRGB|CalRGB|ICCBased)$/

export type BlackWhiteImage = {
  pixels: Pixels
  facts: ImageFacts
  dictionary: Dictionary
  objects: PdfObjects
  place: Place
  settings: Settings
}

/**
 * An image of several bits to a sample in black and white, whatever that takes: writing as sharp strokes, pictures as
 * dots, soft masks hard at half cover.
 */
export async function renewBlackWhite(image: BlackWhiteImage): Promise<NewStream> {
  const { facts, place, settings, dictionary, objects } = image
  const isInverted = facts.colour && !facts.colour.palette && objects.array(dictionary['/Decode'])[0] === 1
  const pixels = isInverted ? inverted(image.pixels) : image.pixels
  const isPicture = !place.isSoftMask && shadesOf(pixels).isPicture
  const most = Math.min(isPicture ? picturePpi : writingPpi, settings.resolutions[0])
  const enlarged = place.isSoftMask ? 1 : Math.sqrt(mostPixels / (pixels.width * pixels.height))
  const scale = Math.min(mostEnlarged, Math.max(1, enlarged), most / ppiOf(place))
  const resized = scale === 1 ? pixels : await resizedBy(pixels, scale)
  const toBitmap = place.isSoftMask ? halved : isPicture ? dotted : undefined
  const bitmap = toBitmap?.(lumaOf(resized)) ?? blackWhite(resized, ppiOf(place) * scale)
  return streamOf(bitmap, dictionary)
}

/** An image of two colours with the darker one black; undefined where it is black and white already. */
export function renewTwoColours(
  bitmap: Bitmap,
  { colour }: ImageFacts,
  dictionary: Dictionary,
  objects: PdfObjects,
): NewStream | undefined {
  if (!colour?.palette) return undefined
  const { components: channels, palette } = colour
  const [first = 0, second = 0] = lumaOf({ width: 2, height: 1, channels, samples: palette.table }).samples
  const isSwapped = first > second !== (objects.array(dictionary['/Decode'])[0] === 1)
  const bits = isSwapped ? bitmap.bits.map((byte) => ~byte) : bitmap.bits
  return streamOf({ ...bitmap, bits }, dictionary)
}

/** Whether samples tell lightness by themselves; others must be drawn to know. */
export function tellsLightness(space: unknown, objects: PdfObjects): boolean {
  const resolved = objects.resolve(space)
  const [name, base] = Array.isArray(resolved) ? resolved : [resolved]
  if (name === '/Indexed') return tellsLightness(base, objects)
  return typeof name === 'string' && lightSpaces.test(name)
}

function streamOf(bitmap: Bitmap, dictionary: Dictionary): NewStream {
  const rest = without(dictionary, '/Filter', '/DecodeParms', '/Length', '/Decode')
  const { width, height } = bitmap
  const form = { '/BitsPerComponent': 1, '/ColorSpace': '/DeviceGray', '/Filter': '/JBIG2Decode' }
  return { bytes: encodeJbig2(bitmap), dictionary: { ...rest, '/Width': width, '/Height': height, ...form } }
}

const inverted = (image: Pixels): Pixels => ({ ...image, samples: image.samples.map((value) => 255 - value) })

import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'
import type { Settings } from '../../levels.ts'
import { blackWhite, dotted, halved } from '@pdf-smaller/pictures/black-white'
import { shadesOf } from '@pdf-smaller/pictures/shades'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { NewStream } from '../new-stream.ts'
import { bilevelStream } from './bilevel.ts'
import { type Place, ppiOf } from './places.ts'
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
  /** The entries of the image that last. */
  lasting: Dictionary
  place: Place
  settings: Settings
}

/**
 * An image of several bits to a sample in black and white, whatever that takes: writing as sharp strokes, pictures as
 * dots, soft masks hard at half cover.
 */
export async function renewBlackWhite(image: BlackWhiteImage): Promise<NewStream> {
  const { pixels, place, settings, lasting } = image
  const isPicture = !place.isSoftMask && shadesOf(pixels).isPicture
  const most = Math.min(isPicture ? picturePpi : writingPpi, settings.resolutions[0])
  const enlarged = place.isSoftMask ? 1 : Math.sqrt(mostPixels / (pixels.width * pixels.height))
  const scale = Math.min(mostEnlarged, Math.max(1, enlarged), most / ppiOf(place))
  const resized = scale === 1 ? pixels : await resizedBy(pixels, scale)
  const toBitmap = place.isSoftMask ? halved : isPicture ? dotted : undefined
  const bitmap = toBitmap?.(lumaOf(resized)) ?? blackWhite(resized, ppiOf(place) * scale)
  return bilevelStream(bitmap, '/DeviceGray', lasting)
}

/** Whether samples tell lightness by themselves; others must be drawn to know. */
export function tellsLightness(space: unknown, objects: PdfObjects): boolean {
  const resolved = objects.resolve(space)
  const [name, base] = Array.isArray(resolved) ? resolved : [resolved]
  if (name === '/Indexed') return tellsLightness(base, objects)
  return typeof name === 'string' && lightSpaces.test(name)
}

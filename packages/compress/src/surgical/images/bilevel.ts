import type { Dictionary } from '@pdf-smaller/pdf'
import { type Bitmap, coverOf, rowBytes, setBlack } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { scaledCover } from '@pdf-smaller/pictures/scale'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { keptInLayers, type Settings } from '../../levels.ts'
import type { NewStream } from '../new-stream.ts'
import { type Place, ppiOf } from './places.ts'
import { legible } from './reading/legible.ts'
import { isWhole } from './reading/losses.ts'
import { lossesIn } from './reading/readable.ts'

/** A new encoding must save a fiftieth. */
const gain = 0.98

/**
 * An image of 1 bit as JBIG2.
 * @param space its colour space, undefined for a stencil
 * @param lasting its entries that last
 */
export function bilevelStream(bitmap: Bitmap, space: unknown, lasting: Dictionary): NewStream {
  const { width, height } = bitmap
  const meaning = space === undefined ? { '/ImageMask': true } : { '/ColorSpace': space }
  const form = { '/BitsPerComponent': 1, '/Filter': '/JBIG2Decode' }
  return {
    bytes: encodeJbig2(bitmap),
    dictionary: { ...lasting, '/Width': width, '/Height': height, ...meaning, ...form },
  }
}

/** Encodes an image of 1 bit as JBIG2; undefined when that gains nothing. */
export function renewBitmap(
  bitmap: Bitmap,
  space: unknown,
  lasting: Dictionary,
  oldBytes: number,
): NewStream | undefined {
  const renewed = bilevelStream(bitmap, space, lasting)
  return renewed.bytes.length > oldBytes * gain ? undefined : renewed
}

/** Writing of 1 bit keeps so many pixels per inch at any level, and what has hardly more is not worth its loss. */
const [leastPpi, clearlyMore] = [300, 1.25]

/** The pixels per inch to which a level reduces a bitmap; undefined where it keeps those that it has. */
export function bitmapPpi({ ppi }: Place, { resolutions, layers }: Settings): number | undefined {
  const most = Math.max(leastPpi, resolutions[0])
  return ppi === undefined || ppi < most * clearlyMore || layers === 'never' ? undefined : most
}

/**
 * A bitmap in the resolution of the level, by area: as it is where it has no more than that, where a mark would be lost,
 * and where the level keeps pages as they are.
 */
export async function reducedBitmap(bitmap: Bitmap, place: Place, settings: Settings): Promise<Bitmap> {
  const [ppi, most] = [ppiOf(place), bitmapPpi(place, settings)]
  if (most === undefined) return bitmap
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.ceil((side * most) / ppi))
  const cover = scaledCover(bitmap, width ?? 1, height ?? 1)
  const small = halfCovered(cover)
  const page = await legible(onPaper(cover), most)
  const limits = { mostColour: settings.mostColour, leastKept: keptInLayers }
  const losses = page && (await lossesIn(page, onPaper(coverOf(small)), limits))
  return losses && isWhole(losses) ? small : bitmap
}

function halfCovered({ width, height, samples }: Plane): Bitmap {
  const row = rowBytes(width)
  const bits = new Uint8Array(row * height)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) if ((samples[at] ?? 0) > 127) setBlack(bits, y * row, x)
  return { width, height, bits }
}

const onPaper = ({ width, height, samples }: Plane): Pixels => ({
  width,
  height,
  channels: 1,
  samples: samples.map((cover) => 255 - cover),
})

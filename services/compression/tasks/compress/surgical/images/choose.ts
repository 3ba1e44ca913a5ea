import type { Settings } from '../../levels.ts'
import { planeSimilarity } from '../../pictures/ssim.ts'
import { decodeJpeg, encodeJpeg, resized } from './codec.ts'
import { mosaicOf } from './mosaic.ts'
import { lumaOf, type Pixels } from '../../pictures/pixels.ts'
import { scaled } from '../../pictures/scale.ts'

/** How an image is encoded. `scale` is the part of its sides that is left. */
export type Encoding = { scale: number; quality: number }

/** An encoding with what it comes to: the logarithm of its size, the price of the look that is lost, and both together. */
export type Judged = Encoding & { size: number; look: number; cost: number }

/** Looks are compared as on a screen or in print of so many pixels per inch. */
const viewPpi = 150
/** A reduction by less than a tenth costs more look than it saves. */
const clearlyLess = 0.9
/** The first qualities tried, and the steps around the best of them. */
const qualities = [30, 50, 70, 85]
const steps = [10, 5]

/**
 * Finds the encoding of an image that is the best bargain under the level's price for look: a photograph bears far
 * stronger compression than a noisy scan of text, and a high resolution with a low quality keeps more than the reverse.
 * Samples of the image stand for the whole.
 * @param weight the part of the price that counts for this image, from 0 to 1
 */
export async function chooseEncoding(
  image: Pixels,
  ppi: number,
  { price, resolutions, leastQuality, mostQuality }: Settings,
  weight: number,
): Promise<Judged> {
  const mosaic = mosaicOf(image)
  const share = (image.width * image.height) / (mosaic.width * mosaic.height)
  const [width, height] = [mosaic.width, mosaic.height].map((side) =>
    Math.max(8, Math.round((side * viewPpi) / ppi)),
  )
  const view = (pixels: Pixels) => scaled(lumaOf(pixels), width ?? 8, height ?? 8)
  const reference = view(mosaic)
  const shrunk = new Map<number, Promise<Pixels>>()
  const shrink = (scale: number) => {
    const known = shrunk.get(scale) ?? (scale === 1 ? Promise.resolve(mosaic) : resizedBy(mosaic, scale))
    shrunk.set(scale, known)
    return known
  }
  const tried = new Map<string, Promise<Judged>>()
  const judge = async (scale: number, quality: number): Promise<Judged> => {
    const small = await shrink(scale)
    const jpeg = await encodeJpeg(small, quality)
    const decoded = await decodeJpeg(jpeg, image.channels, small.width * small.height)
    const lost = 1 - planeSimilarity(reference, view(decoded))
    const look = price * weight * lost
    const size = Math.log(jpeg.length * share)
    return { scale, quality, size, look, cost: size + look }
  }
  const attempt = (scale: number, quality: number) => {
    const key = `${scale} ${quality}`
    const known = tried.get(key) ?? judge(scale, quality)
    tried.set(key, known)
    return known
  }
  const allowed = (quality: number) => quality >= leastQuality && quality <= mostQuality
  const first = [...new Set([leastQuality, ...qualities.filter(allowed)])]
  let best = cheapest(
    await Promise.all(
      scalesFor(ppi, resolutions).flatMap((scale) => first.map((quality) => attempt(scale, quality))),
    ),
  )
  for (const step of steps) {
    const around = [best.quality - step, best.quality, best.quality + step].filter(allowed)
    best = cheapest(await Promise.all(around.map((quality) => attempt(best.scale, quality))))
  }
  return best
}

export const resizedBy = (image: Pixels, scale: number): Promise<Pixels> =>
  resized(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)))

/** The parts of its sides to which an image may be reduced: not at all, or to a resolution clearly below its own. */
function scalesFor(ppi: number, [, ...less]: Settings['resolutions']): number[] {
  return [1, ...less.map((resolution) => resolution / ppi).filter((scale) => scale < clearlyLess)]
}

/** The part of its sides to which an image is reduced in any case. */
export function firstScale(ppi: number, [most]: Settings['resolutions']): number {
  return most / ppi < clearlyLess ? most / ppi : 1
}

const cheapest = (tried: readonly Judged[]): Judged =>
  tried.reduce((best, each) => (each.cost < best.cost ? each : best))

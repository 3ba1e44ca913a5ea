import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { scaled } from '@pdf-smaller/pictures/scale'
import { type Plane, planeSimilarity } from '@pdf-smaller/pictures/ssim'
import { decodeJpeg, encodeJpeg, resized } from './codec.ts'
import { chromaOf, losesColours } from './reading/colours.ts'
import { mosaicOf } from './mosaic.ts'

/** How an image is encoded. `scale` is the part of its sides that is left. */
export type Encoding = { scale: number; quality: number }

/**
 * What an encoding comes to: the natural logarithm of its size, and the structural similarity that is lost, 0 to 1; all of
 * it where colours are lost.
 */
export type Tried = Encoding & { size: number; lost: number }

/** Tries an encoding; what is known is not tried again. */
export type Trials = (encoding: Encoding) => Promise<Tried>

/** Looks are compared as on a screen or in print of so many pixels per inch. */
export const viewPpi = 100
const leastSide = 8

/**
 * Tries encodings on samples of an image, which stand for the whole, each of them once.
 * @param ppi pixels per inch where the image is placed
 */
export function openTrials(image: Pixels, ppi: number): Trials {
  const mosaic = mosaicOf(image)
  const share = (image.width * image.height) / (mosaic.width * mosaic.height)
  const view = viewOf(mosaic, viewPpi / ppi)
  const reference = view(mosaic)
  const colours = chromaOf(mosaic, reference)
  const reduce = remembering((scale: number) =>
    scale === 1 ? Promise.resolve(mosaic) : resizedBy(mosaic, scale),
  )
  const attempt = async ({ scale, quality }: Encoding): Promise<Tried> => {
    const small = await reduce(scale)
    const jpeg = await encodeJpeg(small, quality, 'draft')
    const decoded = await decodeJpeg(jpeg, image.channels, small.width * small.height)
    const shown = view(decoded)
    const isPale = colours && losesColours(colours, chromaOf(decoded, shown))
    const lost = isPale ? 1 : 1 - planeSimilarity(reference, shown)
    return { scale, quality, size: Math.log(jpeg.length * share), lost }
  }
  const known = remembering((key: string) => attempt(JSON.parse(key)))
  return ({ scale, quality }) => known(JSON.stringify({ scale, quality }))
}

/** How images appear in a size that has nothing to do with their own. */
function viewOf({ width, height }: Pixels, scale: number): (image: Pixels) => Plane {
  const [viewWidth, viewHeight] = [width, height].map((side) => Math.max(leastSide, Math.round(side * scale)))
  return (image) => scaled(lumaOf(image), viewWidth ?? leastSide, viewHeight ?? leastSide)
}

export const resizedBy = (image: Pixels, scale: number): Promise<Pixels> =>
  resized(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)))

/** Makes a value for each key once. */
export function remembering<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

/** Makes a value when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

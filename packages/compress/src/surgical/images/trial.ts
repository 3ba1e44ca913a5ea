import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { decodeJpeg, progressiveJpeg, resized } from './codec.ts'
import { chromaOf, losesColours } from './reading/colours.ts'
import { jpegOfWhole, mosaicOf } from './mosaic.ts'
import { type Loss, openView } from './view.ts'

/** How an image is encoded. `scale` is the part of its sides that is left. */
export type Encoding = { scale: number; quality: number }

/** What an encoding comes to: the natural logarithm of its size, and what it loses; all of its look where colours are lost. */
export type Tried = Encoding & Loss & { size: number }

/** Tries an encoding; what is known is not tried again. */
export type Trials = (encoding: Encoding) => Promise<Tried>

/**
 * Tries encodings on samples of an image, which stand for the whole, each of them once.
 * @param scaleOfView of the size in which the image is seen, to its own
 */
export function openTrials(image: Pixels, scaleOfView: number): Trials {
  const mosaic = mosaicOf(image)
  const share = (image.width * image.height) / (mosaic.width * mosaic.height)
  const view = openView(lumaOf(mosaic), scaleOfView)
  const colours = chromaOf(mosaic, view)
  const reduce = remembering((scale: number) =>
    scale === 1 ? Promise.resolve(mosaic) : resizedBy(mosaic, scale),
  )
  const attempt = async ({ scale, quality }: Encoding): Promise<Tried> => {
    const small = await reduce(scale)
    const jpeg = await progressiveJpeg(small, quality)
    const decoded = await decodeJpeg(jpeg, image.channels, small.width * small.height)
    const isPale = colours && losesColours(colours, chromaOf(decoded, view))
    const loss = isPale ? { lost: 1, missed: 1 } : view.lossOf(view.of(lumaOf(decoded)))
    return { scale, quality, size: Math.log(jpegOfWhole(jpeg.length, image.channels, share)), ...loss }
  }
  const known = remembering((key: string) => attempt(JSON.parse(key)))
  return ({ scale, quality }) => known(JSON.stringify({ scale, quality }))
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

import { cut, type Pixels } from '../../pictures/pixels.ts'

/** Tiles to a side of the grid. */
const perSide = 5
/** The part of an image that the tiles make up, unless they come to so many pixels. */
const part = 0.4
const mostPixels = 300_000
/** An image of no more pixels is taken whole. */
const wholePixels = 250_000
/** Tiles are made of whole blocks of a JPEG with halved chroma, so that they fall in with those of the original. */
const block = 16
const wholeBlocks = (length: number) => Math.floor(length / block) * block

/**
 * Tiles from all over an image, one below the other: what holds for them in size and look holds for the whole, at a
 * fraction of the work.
 */
export function mosaicOf(image: Pixels): Pixels {
  const { width, height, channels } = image
  const area = Math.min(width * height * part, mostPixels)
  const side = wholeBlocks(Math.sqrt(area) / perSide)
  if (width * height <= wholePixels || width < side || height < side) return image
  // Half as far from the edges as from each other, so that margins get their share.
  const starts = (length: number) =>
    Array.from({ length: perSide }, (_, index) =>
      wholeBlocks(((length - side) * (index + 0.25)) / (perSide - 0.5)),
    )
  const places = starts(height).flatMap((top) => starts(width).map((left) => ({ left, top })))
  const samples = new Uint8Array(side * side * channels * places.length)
  for (const [index, { left, top }] of places.entries())
    samples.set(cut(image, left, top, side, side), index * side * side * channels)
  return { width: side, height: side * places.length, channels, samples }
}

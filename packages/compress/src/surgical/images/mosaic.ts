import type { Pixels } from '@pdf-smaller/pictures/pixels'

/** How many bands there are, and how many samples they have together. */
type Bands = { bands: number; mostSamples: number }
/** Enough for a JPEG, which is much the same everywhere. */
export const fewBands: Bands = { bands: 3, mostSamples: 300_000 }
/** Enough to find the text of a page that is half empty, and to tell it from paper. */
export const manyBands: Bands = { bands: 8, mostSamples: 900_000 }
/** An image of not much more is taken whole. */
const wholeTimes = 1.5
/** Bands are made of whole blocks of a JPEG with halved chroma, so that they fall in with those of the original. */
const block = 16
const wholeBlocks = (length: number) => Math.floor(length / block) * block

/**
 * Bands from all over an image, margins included, one below the other: what holds for them in size and look holds for
 * the whole, at a fraction of the work.
 */
export function mosaicOf(image: Pixels, { bands, mostSamples }: Bands = fewBands): Pixels {
  const { width, height, channels, samples } = image
  const rows = Math.max(2 * block, wholeBlocks(mostSamples / channels / width / bands))
  if (samples.length <= mostSamples * wholeTimes || rows * bands > height * 0.7) return image
  const size = rows * width * channels
  const mosaic = new Uint8Array(size * bands)
  for (let band = 0; band < bands; band++) {
    const top = wholeBlocks(((height - rows) * (band + 0.5)) / bands)
    mosaic.set(samples.subarray(top * width * channels, top * width * channels + size), band * size)
  }
  return { width, height: rows * bands, channels, samples: mosaic }
}

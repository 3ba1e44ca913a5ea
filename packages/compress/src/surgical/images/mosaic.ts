import { cut, type Pixels } from '@pdf-smaller/pictures/pixels'

/** How many bands there are, and how many samples they have together. */
type Bands = { bands: number; mostSamples: number }
/** Enough for a JPEG, which is much the same everywhere. */
const fewBands: Bands = { bands: 12, mostSamples: 400_000 }
/** Enough to find the text of a page that is half empty, and to tell it from paper. */
export const manyBands: Bands = { bands: 24, mostSamples: 1_000_000 }
/** An image of not much more is taken whole. */
const wholeTimes = 1.5
/** Bands are made of whole blocks of a JPEG with halved chroma, so that they fall in with those of the original. */
const block = 16
const wholeBlocks = (length: number) => Math.floor(length / block) * block

/** Bands are a quarter as wide as an image of so many pixels, each beside the one above: more of them fit. */
const [wide, quarters] = [600, [0, 2, 1, 3]] as const

/**
 * Bands from all over an image, margins included, one below the other: what holds for them in size and look holds for
 * the whole, at a fraction of the work.
 */
export function mosaicOf(image: Pixels, { bands, mostSamples }: Bands = fewBands): Pixels {
  const { width, height, channels, samples } = image
  const columns = width < wide ? width : wholeBlocks(width / quarters.length)
  const rows = Math.max(2 * block, wholeBlocks(mostSamples / channels / columns / bands))
  if (samples.length <= mostSamples * wholeTimes || rows * bands > height * 0.7) return image
  const mosaic = new Uint8Array(columns * rows * bands * channels)
  for (let band = 0; band < bands; band++) {
    const top = wholeBlocks(((height - rows) * (band + 0.5)) / bands)
    const left = columns === width ? 0 : (quarters[band % quarters.length] ?? 0) * columns
    mosaic.set(cut(image, left, top, columns, rows), band * columns * rows * channels)
  }
  return { width: columns, height: rows * bands, channels, samples: mosaic }
}

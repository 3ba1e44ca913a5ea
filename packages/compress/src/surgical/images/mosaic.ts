import { cut, type Pixels } from '@pdf-smaller/pictures/pixels'

/** How many bands there are, to how many of them the image is wide, and how many pixels they have together. */
type Bands = { bands: number; across: number; mostPixels: number }
/** Many places, of which a JPEG needs to see no more than some blocks. */
const forJpeg: Bands = { bands: 12, across: 4, mostPixels: 250_000 }
/** Places of some lines, by which layers tell text from paper. */
export const forLayers: Bands = { bands: 6, across: 2, mostPixels: 500_000 }
/** An image of not much more is taken whole, and a narrow one is not divided across. */
const [wholeTimes, narrow] = [1.5, 600]
/** Bands are made of whole blocks of a JPEG with halved chroma, so that they fall in with those of the original. */
const block = 16
const wholeBlocks = (length: number) => Math.floor(length / block) * block

/**
 * Bands from all over an image, margins included, one below the other: what holds for them in size and look holds for
 * the whole, at a fraction of the work.
 */
export function mosaicOf(image: Pixels, { bands, across, mostPixels }: Bands = forJpeg): Pixels {
  const { width, height, channels } = image
  const columns = width < narrow ? width : wholeBlocks(width / across)
  const rows = Math.max(2 * block, wholeBlocks(mostPixels / columns / bands))
  if (width * height <= mostPixels * wholeTimes || rows * bands > height * 0.7) return image
  const mosaic = new Uint8Array(columns * rows * bands * channels)
  for (let band = 0; band < bands; band++) {
    const top = wholeBlocks(((height - rows) * (band + 0.5)) / bands)
    // Bands under each other are not of the same column.
    const left = columns === width ? 0 : ((band + (Math.floor(band / across) % across)) % across) * columns
    mosaic.set(cut(image, left, top, columns, rows), band * columns * rows * channels)
  }
  return { width: columns, height: rows * bands, channels, samples: mosaic }
}

/** What a JPEG takes beside its samples, bytes, by its channels. */
const jpegHead = { 1: 300, 3: 550 } as const

/**
 * What a JPEG of a whole image comes to, by one of its mosaic.
 * @param share the pixels of the image to each of the mosaic
 */
export const jpegOfWhole = (bytes: number, channels: 1 | 3, share: number): number =>
  share === 1 ? bytes : Math.max(0, bytes - jpegHead[channels]) * share + jpegHead[channels]

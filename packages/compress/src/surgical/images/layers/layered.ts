import type { Settings } from '../../../levels.ts'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { encodeJpeg } from '../codec.ts'
import { lostIn } from './lost.ts'
import { splitLayers } from './split.ts'

type Layer = { width: number; height: number; bytes: Uint8Array }

/** A page in layers as they are stored: paper and ink as JPEG, the mask as JBIG2. */
export type LayeredPage = {
  paper: Layer
  ink: Layer
  mask: Layer
  /** All of them, with what their dictionaries take. */
  bytes: number
  lost: number
  /** As of other encodings: the logarithm of the size, and the price of the look that is lost. */
  cost: number
}

/** Both are smooth; text has its edges from the mask. */
const [paperQuality, inkQuality] = [35, 50]
const dictionaryBytes = 700

/**
 * Encodes a scanned page as mixed raster content (ITU-T T.44): text and lines keep their full resolution as a mask of
 * 1 bit, and what is behind them needs little. Undefined for a page that is not ink on paper.
 */
export async function layeredPage(
  page: Pixels,
  ppi: number,
  { price, mostLost }: Settings,
  weight: number,
): Promise<LayeredPage | undefined> {
  const layers = splitLayers(page, ppi)
  if (!layers) return undefined
  const [paper, ink] = await Promise.all([
    encodeJpeg(layers.paper, paperQuality, 'final'),
    encodeJpeg(layers.ink, inkQuality, 'final'),
  ])
  const mask = encodeJbig2(layers.mask)
  const bytes = paper.length + ink.length + mask.length + dictionaryBytes
  const lost = await lostIn(page, ppi, { paper, ink, mask: layers.mask })
  if (lost > mostLost) return undefined
  return {
    paper: { ...layers.paper, bytes: paper },
    ink: { ...layers.ink, bytes: ink },
    mask: { ...layers.mask, bytes: mask },
    bytes,
    lost,
    cost: Math.log(bytes) + price * weight * lost,
  }
}

import type { Settings } from '../../../levels.ts'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { decodeJpeg, encodeJpeg } from '../codec.ts'
import { type DrawnRows, layeredRows } from '../reading/drawn-rows.ts'
import { isWhole, keptInLayers, lossesOf } from '../reading/losses.ts'
import { finePage } from '../reading/fine-page.ts'
import { addMarks } from './add-marks.ts'
import { lostIn } from './lost.ts'
import { inkOfPage, isFaint, type Layers, splitLayers } from './split.ts'

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

/** Paper and ink are smooth: text has its edges from the mask. Where coarse ones lose something, finer ones are tried. */
const coarse = { paperPpi: 100, inkPpi: 25, paperQuality: 35, inkQuality: 60 }
const finer = { paperPpi: 150, inkPpi: 50, paperQuality: 45, inkQuality: 70 }
/** Marks that become ink leave less paper to those beside them, which may have to follow. */
const mostTurns = 3
const dictionaryBytes = 700

/**
 * Encodes a scanned page as mixed raster content (ITU-T T.44): text and lines keep their full resolution as a mask of
 * 1 bit, and what is behind them needs little. Undefined for a page that is not ink on paper, or of which a reader would
 * miss something.
 */
export async function layeredPage(
  page: Pixels,
  ppi: number,
  { price, mostLost, mostColour }: Settings,
  weight: number,
): Promise<LayeredPage | undefined> {
  const fine = await finePage(page, ppi)
  const ink = fine && inkOfPage(fine.page, fine.ppi)
  if (!ink || (fine.page !== page && isFaint(fine.page, ink))) return undefined
  const layers = await wholeLayers(fine.page, ink, fine.ppi, mostColour)
  if (!layers) return undefined
  const { paper, mask } = layers
  const stencil = encodeJbig2(mask)
  const bytes = paper.bytes.length + layers.ink.bytes.length + stencil.length + dictionaryBytes
  const lost = await lostIn(fine.page, fine.ppi, { paper: paper.bytes, ink: layers.ink.bytes, mask })
  if (lost > mostLost) return undefined
  return {
    paper,
    ink: layers.ink,
    mask: { ...mask, bytes: stencil },
    bytes,
    lost,
    cost: Math.log(bytes) + price * weight * lost,
  }
}

type Encoded = { paper: Layer; ink: Layer; mask: Bitmap }

/** The coarsest layers in which nothing is lost that a reader reads. What paper alone loses becomes ink. */
async function wholeLayers(
  page: Pixels,
  ink: Uint8Array,
  ppi: number,
  mostColour: number,
): Promise<Encoded | undefined> {
  for (const fineness of [coarse, finer]) {
    let before = Infinity
    for (let turn = 0; turn < mostTurns; turn++) {
      const tried = await encoded(page, splitLayers(page, ink, ppi, fineness), fineness)
      const losses = lossesOf(page, ppi, tried.drawn, { mostColour, leastKept: keptInLayers })
      if (isWhole(losses)) return tried
      if (losses.isTooMuch) return undefined
      // Colours need finer layers; so do marks that are lost though they are ink.
      if (losses.faded.length === 0 || losses.faded.length >= before) break
      before = losses.faded.length
      addMarks(ink, page, losses.faded)
    }
  }
  return undefined
}

async function encoded(
  page: Pixels,
  { paper, ink, mask }: Layers,
  { paperQuality, inkQuality }: typeof coarse,
): Promise<Encoded & { drawn: DrawnRows }> {
  const [paperBytes, inkBytes] = await Promise.all([
    encodeJpeg(paper, paperQuality, 'final'),
    encodeJpeg(ink, inkQuality, 'final', '4:4:4'),
  ])
  const shown = (bytes: Uint8Array, { width, height }: Pixels) =>
    decodeJpeg(bytes, page.channels, width * height)
  const [behind, front] = await Promise.all([shown(paperBytes, paper), shown(inkBytes, ink)])
  return {
    paper: { ...paper, bytes: paperBytes },
    ink: { ...ink, bytes: inkBytes },
    mask,
    drawn: layeredRows({ paper: behind, ink: front, mask }),
  }
}

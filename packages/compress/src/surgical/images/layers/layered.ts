import { keptInLayers, type Settings } from '../../../levels.ts'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { decodeJpeg, encodeJpeg } from '../codec.ts'
import { layeredRows } from '../reading/drawn-rows.ts'
import type { Legible } from '../reading/legible.ts'
import { isWhole } from '../reading/losses.ts'
import { addMarks } from './add-marks.ts'
import { openLost, type ShownLayers } from './lost.ts'
import { type Patch, patchesFor } from './patches.ts'
import { inkOfPage, isFaint, type Layers, splitLayers } from './split.ts'

type Layer = { width: number; height: number; bytes: Uint8Array }

/** A page in layers as they are stored: paper and ink as JPEG, the mask as JBIG2. */
export type LayeredPage = {
  /** The size of the image in whose place it stands. */
  whole: { width: number; height: number }
  paper: Layer
  ink: Layer
  mask: Layer
  /** What the layers lose, as it was. */
  patches: Patch[]
  /** All of them, with what their dictionaries take. */
  bytes: number
  lost: number
  /** As of other encodings: the logarithm of the size, and the price of the look that is lost. */
  cost: number
}

/** A first draft of layers, which tells whether they may be worth it. */
export type LayersDraft = {
  draft: LayeredPage
  /** The coarsest layers in which nothing is lost that a reader reads; undefined where there are none. */
  whole: () => Promise<LayeredPage | undefined>
}

/** Paper and ink are smooth: text has its edges from the mask. Where coarse ones lose something, finer ones are tried. */
const coarse = { paperPpi: 100, inkPpi: 25, paperQuality: 35, inkQuality: 60 }
const finer = { paperPpi: 150, inkPpi: 50, paperQuality: 45, inkQuality: 70 }
/** Marks that become ink leave less paper to those beside them, which may have to follow. */
const mostTurns = 4
const [dictionaryBytes, patchBytes] = [700, 200]

/**
 * Encodes a scanned page as mixed raster content (ITU-T T.44): text and lines keep their full resolution as a mask of
 * 1 bit, and what is behind them needs little. Undefined for a page that is not ink on paper.
 * @param picture the image of the page in its own resolution
 */
export async function draftLayers(
  { page, luma, ppi, reading }: Legible,
  picture: Pixels,
  { price, mostLost, mostColour }: Settings,
  weight: number,
): Promise<LayersDraft | undefined> {
  const ink = reading && inkOfPage(luma, ppi)
  if (!ink || (page !== picture && isFaint(luma, ink))) return undefined
  const lostIn = openLost(luma, ppi)
  const split = async (fineness: typeof coarse) =>
    encoded(page.channels, splitLayers(page, ink, ppi, fineness), fineness)
  const stored = ({ paper, ink: front, mask, shown }: Encoded, patches: Patch[] = []): LayeredPage => {
    const stencil = encodeJbig2(mask)
    const own = paper.bytes.length + front.bytes.length + stencil.length + dictionaryBytes
    const bytes = patches.reduce((sum, patch) => sum + patch.bytes.length + patchBytes, own)
    const lost = lostIn(shown)
    const cost = Math.log(bytes) + price * weight * lost
    const whole = { width: picture.width, height: picture.height }
    return { whole, paper, ink: front, mask: { ...mask, bytes: stencil }, patches, bytes, lost, cost }
  }
  const enough = (found: LayeredPage) => (found.lost > mostLost ? undefined : found)
  const first = await split(coarse)
  return {
    draft: stored(first),
    whole: async () => {
      for (const fineness of [coarse, finer]) {
        let tried = fineness === coarse ? first : await split(fineness)
        let losses = reading(layeredRows(tried.shown), { mostColour, leastKept: keptInLayers })
        // Marks that paper alone loses become ink, and light ones paper.
        for (let turn = 1; turn < mostTurns && losses.faded.length > 0; turn++) {
          const before = losses.faded.length
          addMarks(ink, page, losses.faded)
          tried = await split(fineness)
          losses = reading(layeredRows(tried.shown), { mostColour, leastKept: keptInLayers })
          if (losses.faded.length >= before) break
        }
        if (isWhole(losses)) return enough(stored(tried))
        const lost = [...losses.faded, ...losses.discoloured, ...losses.tiles]
        const patches = await patchesFor(lost, picture, page.width / picture.width)
        if (patches) return enough(stored(tried, patches))
      }
      return undefined
    },
  }
}

type Encoded = { paper: Layer; ink: Layer; mask: Bitmap; shown: ShownLayers }

async function encoded(
  channels: 1 | 3,
  { paper, ink, mask }: Layers,
  { paperQuality, inkQuality }: typeof coarse,
): Promise<Encoded> {
  const [paperBytes, inkBytes] = await Promise.all([
    encodeJpeg(paper, paperQuality, 'final'),
    encodeJpeg(ink, inkQuality, 'final', '4:4:4'),
  ])
  const shown = (bytes: Uint8Array, { width, height }: Pixels) => decodeJpeg(bytes, channels, width * height)
  const [behind, front] = await Promise.all([shown(paperBytes, paper), shown(inkBytes, ink)])
  return {
    paper: { ...paper, bytes: paperBytes },
    ink: { ...ink, bytes: inkBytes },
    mask,
    shown: { paper: behind, ink: front, mask },
  }
}

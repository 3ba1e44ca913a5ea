import { isDeepStrictEqual } from 'node:util'
import { gentler, type Settings } from '../../../levels.ts'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { encodeJbig2 } from '@pdf-smaller/pictures/jbig2'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { decodeJpeg, encodeJpeg } from '../codec.ts'
import { forLayers, jpegOfWhole, mosaicOf } from '../mosaic.ts'
import { layeredRows } from '../reading/drawn-rows.ts'
import { type FinePage, finePageOf, isEnlarged, type Legible } from '../reading/legible.ts'
import { boxesOf, isWhole } from '../reading/losses.ts'
import type { Loss } from '../view.ts'
import { type Place, ppiOf, weightOf } from '../places.ts'
import { addFaint, addMarks } from './add-marks.ts'
import { openLost, openLostMarks, type ShownLayers } from './lost.ts'
import { bytesOfPatches, type Patch, patchesFor } from './patches.ts'
import { inkOfPage, isFaint, type Layers, splitLayers } from './split.ts'

export type Layer = { width: number; height: number; bytes: Uint8Array }

/** A page in layers as they are stored: paper and ink as JPEG, the mask as JBIG2; or as paper alone. */
export type LayeredPage = {
  /** The size of the image in whose place it stands. */
  whole: { width: number; height: number }
  paper: Layer
  front: { ink: Layer; mask: Layer } | undefined
  /** What the layers lose, as it was. */
  patches: Patch[]
  /** All of them, with what their dictionaries take. */
  bytes: number
  /** The structural similarity that is lost in them. */
  lost: number
}

/** What layers come to: as of other encodings, the logarithm of the size, and the price of the look that is lost. */
export type LayersDraft = Loss & { size: number; cost: number }

type Fineness = { paperPpi: number; inkPpi: number; paperQuality: number; inkQuality: number }
/** Paper and ink are smooth: text has its edges from the mask. Where coarse ones lose something, finer ones are tried. */
const coarseAt = ({ paper, ink }: Settings): Fineness => ({
  paperPpi: paper.ppi,
  inkPpi: ink.ppi,
  paperQuality: paper.quality,
  inkQuality: ink.quality,
})
/** Finer than any level begins with. */
const finest: Fineness = { paperPpi: 150, inkPpi: 75, paperQuality: 50, inkQuality: 75 }

/** Those of the level, and of the gentler ones, so that no level takes finer layers than a gentler one has to. */
function finenesses(settings: Settings): Fineness[] {
  const all: Fineness[] = []
  for (let own: Settings | undefined = settings; own?.layers === 'bargain'; own = gentler(own))
    if (!isDeepStrictEqual(all.at(-1), coarseAt(own))) all.push(coarseAt(own))
  return [...all, finest]
}

/** Marks that become ink leave less paper to those beside them, which may have to follow. */
const mostTurns = 4
const dictionaryBytes = 700

/**
 * Tells from bands of a scanned page what it comes to in layers: most pages that gain nothing there end here.
 * @param picture the image of the page in its own resolution
 * @returns undefined for a page that is not ink on paper
 */
export async function draftLayers(
  picture: Pixels,
  place: Place,
  settings: Settings,
): Promise<LayersDraft | undefined> {
  const sample = mosaicOf(picture, forLayers)
  const fine = await finePageOf(sample, ppiOf(place))
  const ink = fine && inkOfPage(fine.luma, fine.ppi)
  if (!ink || (isEnlarged(fine, sample) && isFaint(fine.luma, ink))) return undefined
  addFaint(ink, fine.page, fine.faint.runs)
  const drafted = await split(fine, ink, coarseAt(settings))
  const share = (picture.width * picture.height) / (sample.width * sample.height)
  const jpegs = [drafted.paper, drafted.ink].map(({ bytes }) =>
    jpegOfWhole(bytes.length, picture.channels, share),
  )
  const stencil = encodeJbig2(drafted.mask).length * share
  const bytes = jpegs.reduce((sum, each) => sum + each, stencil + dictionaryBytes)
  const loss = openLost(fine.luma, place.viewPpi / fine.ppi)(drafted.shown)
  return {
    ...loss,
    size: Math.log(bytes),
    cost: Math.log(bytes) + settings.price * weightOf(place) * loss.missed,
  }
}

/**
 * Encodes a scanned page as mixed raster content (ITU-T T.44): text and lines keep their full resolution as a mask of
 * 1 bit, and what is behind them needs little.
 * @param picture the image of the page in its own resolution
 * @returns the coarsest layers in which nothing is lost that a reader reads; undefined where there are none
 */
export async function layeredPage(
  fine: Legible,
  picture: Pixels,
  { viewPpi, drawnPpi }: Place,
  settings: Settings,
): Promise<LayeredPage | undefined> {
  const { mostLost, mostColour } = settings
  const { page, luma, ppi, faint, reading } = fine
  const ink = reading && inkOfPage(luma, ppi)
  if (!ink || (isEnlarged(fine, picture) && isFaint(luma, ink))) return undefined
  addFaint(ink, page, faint.runs)
  const lostIn = openLost(luma, viewPpi / ppi)
  const stored = (layers: Encoded, patches: Patch[] = []): LayeredPage | undefined => {
    const { lost } = lostIn(layers.shown)
    if (lost > mostLost) return undefined
    const { paper, ink, mask } = layers
    const stencil = encodeJbig2(mask)
    const own = bytesOf(layers, stencil) + dictionaryBytes
    const bytes = own + bytesOfPatches(patches)
    const whole = { width: picture.width, height: picture.height }
    const front = { ink, mask: layerOf(mask, stencil) }
    return { whole, paper, front, patches, bytes, lost }
  }
  const lostMarks = openLostMarks(luma, ppi, drawnPpi, settings.leastKeptInLayers)
  const limits = { mostColour, leastKept: settings.leastKeptInLayers }
  for (const fineness of finenesses(settings)) {
    let tried = await split(fine, ink, fineness)
    let losses = reading(layeredRows(tried.shown), limits)
    let gone = lostMarks(tried.shown)
    // Marks that paper alone loses become ink, and light ones paper.
    for (let turn = 1; turn < mostTurns && losses.faded.length + gone.length > 0; turn++) {
      const before = losses.faded.length + gone.length
      addMarks(ink, page, [...losses.faded, ...gone])
      tried = await split(fine, ink, fineness)
      losses = reading(layeredRows(tried.shown), limits)
      gone = lostMarks(tried.shown)
      if (losses.faded.length + gone.length >= before) break
    }
    if (isWhole(losses)) return stored(tried)
    const patches = await patchesFor(boxesOf(losses), picture, page.width / picture.width)
    if (patches) return stored(tried, patches)
  }
  return undefined
}

const split = ({ page, ppi }: FinePage, ink: Uint8Array, fineness: Fineness): Promise<Encoded> =>
  encoded(page.channels, splitLayers(page, ink, ppi, fineness), fineness)

const bytesOf = ({ paper, ink }: Encoded, stencil: Uint8Array) =>
  paper.bytes.length + ink.bytes.length + stencil.length

/** Without the samples: what is stored may be kept for as long as a document is worked on. */
const layerOf = ({ width, height }: Pixels | Bitmap, bytes: Uint8Array): Layer => ({ width, height, bytes })

type Encoded = { paper: Layer; ink: Layer; mask: Bitmap; shown: ShownLayers }

async function encoded(
  channels: 1 | 3,
  { paper, ink, mask }: Layers,
  { paperQuality, inkQuality }: Fineness,
): Promise<Encoded> {
  const [paperBytes, inkBytes] = await Promise.all([
    encodeJpeg(paper, paperQuality),
    encodeJpeg(ink, inkQuality, '4:4:4'),
  ])
  const shown = (bytes: Uint8Array, { width, height }: Pixels) => decodeJpeg(bytes, channels, width * height)
  const [behind, front] = await Promise.all([shown(paperBytes, paper), shown(inkBytes, ink)])
  return {
    paper: layerOf(paper, paperBytes),
    ink: layerOf(ink, inkBytes),
    mask,
    shown: { paper: behind, ink: front, mask },
  }
}

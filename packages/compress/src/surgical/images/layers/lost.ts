import { placesOfLostMarks } from '@pdf-smaller/judge/marks'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import { scaledCover } from '@pdf-smaller/pictures/scale'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import type { Box } from '../reading/marks.ts'
import { type Loss, openView, type View } from '../view.ts'

/** Layers as they are shown: their images decoded again. */
export type ShownLayers = { paper: Pixels; ink: Pixels; mask: Bitmap }

/**
 * Tells what a page, of which the lightness is given, loses in layers, seen at the same size as other encodings are.
 * @param scaleOfView of that size, to the page's own
 */
export function openLost(page: Plane, scaleOfView: number): (layers: ShownLayers) => Loss {
  const view = openView(page, scaleOfView)
  return (layers) => view.lossOf(shownIn(view, layers))
}

/** Layers as they are seen together. */
function shownIn({ of: view, width, height }: View, { paper, ink, mask }: ShownLayers): Plane {
  const [behind, front] = [view(lumaOf(paper)), view(lumaOf(ink))]
  const covered = scaledCover(mask, width, height)
  const samples = new Uint8Array(width * height)
  for (let at = 0; at < samples.length; at++) {
    const under = behind.samples[at] ?? 0
    const part = covered.samples[at] ?? 0
    samples[at] = part === 0 ? under : under + (((front.samples[at] ?? 0) - under) * part) / 255
  }
  return { width, height, samples }
}

/** As the judge draws them, marks are to keep so much more of their ink: it puts pixels in other places. */
const moreKept = 0.2

/**
 * Tells which marks of a page are lost in layers where it is drawn as coarsely as the judge draws it.
 * @param drawnPpi pixels per inch of that drawing; `ppi` of the page
 * @param leastKept the part of its contrast that a mark must keep in the page's own pixels
 * @returns their places, in pixels of the page
 */
export function openLostMarks(
  page: Plane,
  ppi: number,
  drawnPpi: number,
  leastKept: number,
): (layers: ShownLayers) => (Box & { polarity: 'dark' })[] {
  const times = ppi / drawnPpi
  const view = openView(page, 1 / times)
  return (layers) =>
    placesOfLostMarks(view.reference, shownIn(view, layers), drawnPpi, leastKept + moreKept).map((at) => {
      const [x, y] = [at % view.width, Math.floor(at / view.width)]
      return {
        polarity: 'dark',
        left: Math.max(0, Math.floor((x - 1) * times)),
        top: Math.max(0, Math.floor((y - 1) * times)),
        right: Math.min(page.width, Math.ceil((x + 2) * times)),
        bottom: Math.min(page.height, Math.ceil((y + 2) * times)),
      }
    })
}

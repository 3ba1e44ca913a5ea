import { type Bitmap, coverOf } from '@pdf-smaller/pictures/bitmap'
import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { type Loss, openView } from '../view.ts'

/** Layers as they are shown: their images decoded again. */
export type ShownLayers = { paper: Pixels; ink: Pixels; mask: Bitmap }

/**
 * Tells what a page, of which the lightness is given, loses in layers, seen at the same size as other encodings are.
 * @param scaleOfView of that size, to the page's own
 */
export function openLost(page: Plane, scaleOfView: number): (layers: ShownLayers) => Loss {
  const { of: view, width, height, lossOf } = openView(page, scaleOfView)
  return ({ paper, ink, mask }) => {
    const [behind, front] = [view(lumaOf(paper)), view(lumaOf(ink))]
    const covered = view(coverOf(mask))
    const samples = covered.samples.map((part, at) => {
      const under = behind.samples[at] ?? 0
      return under + (((front.samples[at] ?? 0) - under) * part) / 255
    })
    return lossOf({ width, height, samples })
  }
}

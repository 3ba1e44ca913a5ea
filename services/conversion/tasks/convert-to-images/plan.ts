import { JobFailure } from '@pdf-smaller/contracts'
import type { Scale } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { pageSizeOf } from '@pdf-smaller/pdf/page-frame'

/** Pixels of one page, and of all pages together; drawn in colour each takes three bytes. */
const [mostPixels, mostPixelsTogether] = [150e6, 20e9]
/** Pixels of the pages that one process draws; they are in memory together. */
const pixelsAtOnce = 24e6
/** Starting a process for each small page would take longer than drawing them. */
const mostPagesAtOnce = 64

/** Pages that follow each other and are drawn in one go, from 1. */
export type Batch = { first: number; last: number; pixels: number }

/**
 * Divides pages into batches that are drawn at once, as many as keep all cores busy.
 * @param pages in rising order
 * @throws JobFailure too_many_pixels, before anything is drawn
 */
export function planBatches(
  document: InspectedPdf,
  pages: readonly number[],
  scale: Scale,
  cores: number,
): Batch[] {
  const batches: Batch[] = []
  const mostPages = Math.min(mostPagesAtOnce, Math.ceil(pages.length / (cores * 2)))
  let together = 0
  for (const page of pages) {
    const pixels = pixelsOf(document, page, scale)
    together += pixels
    if (pixels > mostPixels)
      throw new JobFailure('too_many_pixels', `page ${page} would have ${megapixels(pixels)}`)
    const last = batches.at(-1)
    const fits =
      last?.last === page - 1 &&
      last.pixels + pixels <= pixelsAtOnce &&
      last.last - last.first + 1 < mostPages
    if (!last || !fits) batches.push({ first: page, last: page, pixels })
    else {
      last.last = page
      last.pixels += pixels
    }
  }
  if (together > mostPixelsTogether)
    throw new JobFailure('too_many_pixels', `the pages together would have ${megapixels(together)}`)
  return batches
}

const megapixels = (pixels: number) => `${Math.round(pixels / 1e6)} megapixels`

/** Pixels of a page when it is drawn. */
function pixelsOf({ copy, pageReferences }: InspectedPdf, page: number, scale: Scale): number {
  const { width, height } = pageSizeOf(copy, pageReferences[page - 1] ?? '')
  const perPoint = 'dpi' in scale ? scale.dpi / 72 : scale.longestSide / Math.max(width, height, 1)
  return width * perPoint * height * perPoint
}

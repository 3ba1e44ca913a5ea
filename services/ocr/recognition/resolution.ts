import type { PlacedImage } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { sizeOf } from './page-size.ts'

/** Below, letters are too small. */
export const leastDpi = 200
/** Above, reading takes longer and gains nothing. */
const mostDpi = 300
/** Pixels of a page that is read; one of A0 has them at 160 dpi. */
const mostPixels = 40e6

/**
 * Decides at how many pixels per inch each page is drawn: at those of the largest image on it.
 */
export function planResolutions(
  document: InspectedPdf,
  images: readonly PlacedImage[],
  dpi: number | undefined,
): (page: number) => number {
  const largest = new Map<number, PlacedImage>()
  for (const image of images) {
    const known = largest.get(image.page)
    if (!known || pixels(image) > pixels(known)) largest.set(image.page, image)
  }
  return (page) => {
    const { width, height } = sizeOf(document.copy, document.pageReferences[page - 1] ?? '')
    const image = largest.get(page)
    const own = Math.min(mostDpi, Math.max(leastDpi, image?.ppi ?? mostDpi))
    const bound = 72 * Math.sqrt(mostPixels / Math.max(width * height, 1))
    return Math.floor(Math.min(dpi ?? own, bound))
  }
}

const pixels = ({ width, height }: PlacedImage) => width * height

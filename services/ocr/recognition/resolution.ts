import type { PlacedImage } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { sizeOf } from './page-size.ts'

/** Pages are drawn at that to be read: at less, whole columns of amounts were lost, also of scans that have less themselves. */
const usualDpi = 300
/** A picture of a page has the pixels of its largest image, but no fewer and no more than these. */
const [leastShown, mostShown] = [200, 300]
/** Pixels of a page that is drawn; one of A0 has them at 160 dpi. */
const mostPixels = 40e6

/**
 * Decides at how many pixels per inch a page is drawn to be read.
 * @param dpi what is asked for
 */
export function readingDpi(document: InspectedPdf, page: number, dpi: number | undefined): number {
  return bounded(document, page, dpi ?? usualDpi)
}

/** Decides at how many pixels per inch a page is drawn for a picture that takes its place. */
export function showingDpi(
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
    const own = Math.min(mostShown, Math.max(leastShown, largest.get(page)?.ppi ?? mostShown))
    return bounded(document, page, dpi ?? own)
  }
}

function bounded(document: InspectedPdf, page: number, dpi: number): number {
  const { width, height } = sizeOf(document.copy, document.pageReferences[page - 1] ?? '')
  return Math.floor(Math.min(dpi, 72 * Math.sqrt(mostPixels / Math.max(width * height, 1))))
}

const pixels = ({ width, height }: PlacedImage) => width * height

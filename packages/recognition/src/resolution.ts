import type { PlacedImage } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { pageSizeOf } from '@pdf-smaller/pdf/page-frame'

/** Pages are drawn at that to be read: at less, whole columns of amounts were lost, also of scans that have less themselves. */
const usualDpi = 300
/** A scan of so many pixels per inch is sharp enough to be read at fewer than the usual, where its letters are large. */
const sharpDpi = 250
/** The fewest that any page is read at. */
const leastRead = 200
/** A picture of a page has the pixels of its largest image, but no fewer and no more than these. */
const [leastShown, mostShown] = [200, 300]
/** Pixels of a page that is drawn; one of A0 has them at 160 dpi. */
const mostPixels = 40e6

/** Pixels per inch that a page is drawn at to be read, and the fewest that it may be read at where its letters are large. */
export type Resolution = { dpi: number; leastDpi: number }

export type Resolutions = {
  toRead: (page: number) => Resolution
  /** Pixels per inch of a picture that takes the place of a page. */
  toShow: (page: number) => number
}

/**
 * Decides at how many pixels per inch pages are drawn.
 * @param dpi what is asked for; pages are read at no fewer then
 */
export function planResolutions(
  document: InspectedPdf,
  images: readonly PlacedImage[],
  dpi: number | undefined,
): Resolutions {
  const largest = new Map<number, PlacedImage>()
  for (const image of images) {
    const known = largest.get(image.page)
    if (!known || pixels(image) > pixels(known)) largest.set(image.page, image)
  }
  const ownDpi = (page: number) => largest.get(page)?.ppi ?? usualDpi
  const bounded = (page: number, wanted: number) => {
    const { width, height } = pageSizeOf(document.copy, document.pageReferences[page - 1] ?? '')
    return Math.floor(Math.min(wanted, 72 * Math.sqrt(mostPixels / Math.max(width * height, 1))))
  }
  return {
    toRead: (page) => ({
      dpi: bounded(page, dpi ?? usualDpi),
      leastDpi: dpi ?? (ownDpi(page) < sharpDpi ? usualDpi : leastRead),
    }),
    toShow: (page) => bounded(page, dpi ?? Math.min(mostShown, Math.max(leastShown, ownDpi(page)))),
  }
}

const pixels = ({ width, height }: PlacedImage) => width * height

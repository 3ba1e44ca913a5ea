import { type EngineContext, type PlacedImage, placedImages } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { sizeOf } from './page-size.ts'

/** How a page is drawn in order to be read. */
export type Drawing = { dpi: number; colours: 'grayscale' | 'black-white' }

/** Below, letters are too small; above, reading takes longer and gains nothing. */
const [leastDpi, mostDpi] = [200, 300]
/** Pixels of a page that is read; one of A0 has them at 160 dpi. */
const mostPixels = 40e6

/** Decides how each page is drawn, by the largest image on it: at its own resolution, and in black and white if it is. */
export async function planDrawings(
  document: InspectedPdf,
  dpi: number | undefined,
  context: EngineContext,
): Promise<(page: number) => Drawing> {
  const largest = new Map<number, PlacedImage>()
  for (const image of await placedImages(document.path, context, document.pages)) {
    const known = largest.get(image.page)
    if (!known || pixels(image) > pixels(known)) largest.set(image.page, image)
  }
  return (page) => {
    const { width, height } = sizeOf(document.copy, document.pageReferences[page - 1] ?? '')
    const image = largest.get(page)
    const own = Math.min(mostDpi, Math.max(leastDpi, image?.ppi ?? mostDpi))
    const bound = 72 * Math.sqrt(mostPixels / Math.max(width * height, 1))
    const isBilevel = image?.bits === 1 && image.components === 1
    return { dpi: Math.floor(Math.min(dpi ?? own, bound)), colours: isBilevel ? 'black-white' : 'grayscale' }
  }
}

const pixels = ({ width, height }: PlacedImage) => width * height

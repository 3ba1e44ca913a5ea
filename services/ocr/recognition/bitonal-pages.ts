import { type EngineContext, placedImages } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'

/** The pages on which there are images, and all of them in black and white, as faxes have them. */
export async function bitonalPages(
  document: InspectedPdf,
  context: EngineContext,
): Promise<ReadonlySet<number>> {
  const images = await placedImages(document.path, context, document.pages)
  const bitonal = new Set(images.map(({ page }) => page))
  for (const { page, bits } of images) if (bits !== 1) bitonal.delete(page)
  return bitonal
}

import type { PlacedImage } from '@pdf-smaller/engines'

/** The pages on which there are images, and all of them in black and white, as faxes have them. */
export function bitonalPages(images: readonly PlacedImage[]): ReadonlySet<number> {
  const bitonal = new Set(images.map(({ page }) => page))
  for (const { page, bits } of images) if (bits !== 1) bitonal.delete(page)
  return bitonal
}

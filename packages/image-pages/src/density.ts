import type { Metadata } from 'sharp'

/** What images are taken for that do not say how many pixels of them are an inch. */
export type Unsaid = 'screen' | 'paper'

/** Pixels per inch of screens, which programs write, too, that know of no paper. */
const screenDensity = 96
/** The longer side of A4, inches. */
const longerSide = 11.69
/** Pixels per inch that papers are scanned and photographed at. */
const [leastDensity, mostDensity] = [150, 600]

/**
 * Pixels per inch of an image. Of paper, what its file says is not believed when it is that of a screen, as most
 * photographs say: then its longer side is taken for that of A4, from 150 to 600 pixels per inch.
 */
export function densityOf({ width, height, density = 0 }: Metadata, unsaid: Unsaid): number {
  switch (unsaid) {
    case 'screen':
      return density > 1 ? density : screenDensity
    case 'paper':
      if (density > screenDensity) return density
      return Math.min(mostDensity, Math.max(leastDensity, Math.max(width, height) / longerSide))
    default:
      return unsaid satisfies never
  }
}

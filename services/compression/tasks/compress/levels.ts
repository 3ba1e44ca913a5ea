import { z } from 'zod'

export const Level = z.enum(['low', 'medium', 'high', 'maximum'])
export type Level = z.infer<typeof Level>

/** How much look may be given up for size. */
export type Settings = {
  /** Images are reduced to so many pixels per inch, as they are placed on the page. */
  dpi: number
  /** JPEG quality, 1 to 100. */
  quality: number
  /** A page whose structural similarity to the original falls below is damaged. */
  leastSimilarity: number
  /** The same for its worst tile: a small image that vanished does not show in the mean. */
  leastTile: number
}

/** The levels in one table. */
export const levels: Record<Level, Settings> = {
  low: { dpi: 225, quality: 85, leastSimilarity: 0.97, leastTile: 0.6 },
  medium: { dpi: 150, quality: 75, leastSimilarity: 0.94, leastTile: 0.45 },
  high: { dpi: 110, quality: 60, leastSimilarity: 0.88, leastTile: 0.25 },
  maximum: { dpi: 72, quality: 45, leastSimilarity: 0.75, leastTile: 0.1 },
}

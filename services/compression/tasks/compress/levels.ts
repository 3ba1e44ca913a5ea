import { z } from 'zod'

export const Level = z.enum(['low', 'medium', 'high', 'maximum'])
export type Level = z.infer<typeof Level>

/** Levels by number, as other programs count them: 1 keeps most of the look, 9 least of the size. */
const numbered = ['low', 'low', 'low', 'medium', 'medium', 'high', 'high', 'maximum', 'maximum'] as const
export const LevelNumber = z.int().min(1).max(numbered.length)

export const levelOf = (level: Level | number): Level =>
  typeof level === 'number' ? (numbered[level - 1] ?? 'medium') : level

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
  /** Whether the document's XMP packet stays; its information dictionary always does. */
  keepXmp: boolean
  /** Whether private data of the programs that made it stay: editing data, thumbnails, XMP packets of its parts. */
  keepPrivateData: boolean
}

/** The levels in one table. */
export const levels: Record<Level, Settings> = {
  low: {
    dpi: 225,
    quality: 85,
    leastSimilarity: 0.97,
    leastTile: 0.6,
    keepXmp: true,
    keepPrivateData: false,
  },
  medium: {
    dpi: 150,
    quality: 75,
    leastSimilarity: 0.94,
    leastTile: 0.45,
    keepXmp: true,
    keepPrivateData: false,
  },
  high: {
    dpi: 110,
    quality: 60,
    leastSimilarity: 0.88,
    leastTile: 0.25,
    keepXmp: false,
    keepPrivateData: false,
  },
  maximum: {
    dpi: 72,
    quality: 45,
    leastSimilarity: 0.75,
    leastTile: 0.1,
    keepXmp: false,
    keepPrivateData: false,
  },
}

/** What is asked for in place of the level's own values. */
export type Wishes = {
  dpi?: number | undefined
  quality?: number | undefined
  keepMetadata?: boolean | undefined
}

export function settingsOf(level: Level, { dpi, quality, keepMetadata }: Wishes): Settings {
  const usual = levels[level]
  return {
    ...usual,
    dpi: dpi ?? usual.dpi,
    quality: quality ?? usual.quality,
    keepXmp: keepMetadata ?? usual.keepXmp,
    keepPrivateData: keepMetadata ?? usual.keepPrivateData,
  }
}

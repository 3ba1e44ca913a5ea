import type { ImageClass } from './images.ts'
import type { PartKind } from './parts.ts'

/** The levels of compression, from the one that keeps most of the look to the smallest. */
export type Level = 'low' | 'medium' | 'high' | 'maximum'

/** What a level makes of a PDF, bytes: of nine files in ten, it lies between the least and the most. */
export type Range = { least: number; likely: number; most: number }

/** What a file is made of, each kind with a share of its own that a level leaves. */
export type Kind = PartKind | ImageClass

/** What a level makes of the parts of a PDF. */
export type Constants = {
  /** Bytes that every file takes. */
  file: number
  /** What is left of each byte, as it would be under Flate; of images that are encoded anew this does not matter. */
  left: Record<Kind, number>
  /**
   * Logarithm of the bits per pixel that a JPEG comes to: at 1 bit per pixel, 150 pixels per inch and a quality of 75;
   * and how it grows with the logarithms of what it takes now, of what it has of resolution beyond that, and of what its
   * quality lacks.
   */
  jpeg: readonly [base: number, density: number, resolution: number, loss: number]
  /** The same for samples that lost nothing so far, by the logarithms of what they take and of the resolution. */
  samples: readonly [base: number, density: number, resolution: number]
  /** A file of which no more is unsure counts as sure, as a share of it. */
  mostUnsure: number
  /** By how much the result may differ from what is likely, as a share of the file. */
  sure: Margins
  /** The same of other files, for each byte that is unsure. */
  unsure: Margins
}

export type Margins = { below: number; above: number }

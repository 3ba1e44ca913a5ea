/** The levels of compression, from the one that keeps most of the look to the smallest. */
export type Level = 'low' | 'medium' | 'high' | 'maximum'

/** What a level makes of a PDF, bytes: of nine files in ten, it lies between the least and the most. */
export type Range = { least: number; likely: number; most: number }

/** What a level makes of the parts of a PDF. */
export type Constants = {
  /** Bytes that every file takes. */
  file: number
  /** What is left of each byte, as it would be under Flate. */
  type1Fonts: number
  cffFonts: number
  hintedFonts: number
  plainFonts: number
  contents: number
  metadata: number
  packedObjects: number
  others: number
  text: number
  /** What is left of each byte of images of two colours. */
  ccitt: number
  jbig2: number
  bilevel: number
  /** The same for soft masks. */
  masks: number
  /**
   * Logarithm of the bits per pixel that an image comes to: at 1 bit per pixel, 150 pixels per inch and a quality of
   * 75; and how it grows with the logarithms of what it takes, of its resolution, and of what its quality lacks.
   */
  jpeg: readonly [base: number, density: number, resolution: number, loss: number]
  /** The same for samples that lost nothing so far. */
  samples: readonly [base: number, density: number, resolution: number]
}

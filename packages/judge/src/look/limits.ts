/** Pages are drawn for comparison with so many pixels to their longer side. */
export const longestSide = 1000

/** What look may be given up: a page that goes beyond any of it is damaged. */
export type LookLimits = {
  colours: 'keep' | 'grayscale' | 'black-white'
  /** Structural similarity of a page. */
  leastSimilarity: number
  /** The same for its worst tile of 64 × 64 pixels: a small image that vanished does not show in the mean. */
  leastTile: number
  /** Change of a channel's mean in any tile of .22 inch, of 255: a picture that is white, red or has another palette. */
  mostColour: number
  /** Likeness of chroma in any such tile: coloured words or a stamp that turned black change the mean by little. */
  leastChroma: number
  /** Likeness of contrast in any such tile: an icon that became a flat patch keeps its mean. */
  leastContrast: number
  /** The same in any quarter of such a tile, where nothing around what became flat counts. */
  leastDetail: number
  /** The part of the marks on paper that may be gone. A single decimal point is one too many. */
  mostLostMarks: number
}

/** A shift of a page's average colour by more than so many of 255 levels is no longer a matter of compression. */
export const mostPageShift = 6

/** The part of what is clearly to be seen that may vanish where shades become black and white. */
export const mostVanished = 0.05

/** Programs weigh colours otherwise where they turn them grey: pure red, green and blue by so much. */
export const mostGreyShift = 40

/**
 * The limits in one table. What honest loss comes to at each level (levels are those of compressing) was measured on
 * some 300 drawn pages of real documents, as Poppler draws them, and of detail (.94) on pages that PDFium draws; in brackets the worst of them. All faults that the tests plant lie far beyond.
 */
// prettier-ignore
export const lookLimits = {
  // Colour (8.6), chroma (.95), contrast (.91), marks (none).
  low: { leastSimilarity: 0.97, leastTile: 0.6, mostColour: 14, leastChroma: 0.8, leastContrast: 0.8, leastDetail: 0.5, mostLostMarks: 0 },
  // Colour (8.6), chroma (.88), contrast (.87), marks (none). A red icon as a flat patch comes to 38.
  medium: { leastSimilarity: 0.94, leastTile: 0.45, mostColour: 20, leastChroma: 0.7, leastContrast: 0.75, leastDetail: 0.5, mostLostMarks: 0 },
  // Colour (17.9, pure blue), chroma (.74), contrast (.87), marks (none).
  high: { leastSimilarity: 0.88, leastTile: 0.25, mostColour: 26, leastChroma: 0.55, leastContrast: 0.7, leastDetail: 0.4, mostLostMarks: 0 },
  // Colour (17.1), chroma (.61), contrast (.87), marks (none).
  maximum: { leastSimilarity: 0.75, leastTile: 0.1, mostColour: 32, leastChroma: 0.45, leastContrast: 0.65, leastDetail: 0.3, mostLostMarks: 0 },
  // Who asks for a resolution or quality has decided how it is to look; what remains is to see that nothing is missing.
  asAsked: { leastSimilarity: 0.75, leastTile: 0.1, mostColour: 48, leastChroma: 0.2, leastContrast: 0.4, leastDetail: 0.1, mostLostMarks: 0.02 },
  // The same page in another file: what differs is how lines fall between pixels.
  asItWas: { leastSimilarity: 0.98, leastTile: 0.8, mostColour: 10, leastChroma: 0.8, leastContrast: 0.8, leastDetail: 0.5, mostLostMarks: 0 },
} as const satisfies Record<string, Omit<LookLimits, 'colours'>>

/**
 * The limits for any strength of compressing, from 0 to 1.
 * @param mostLost the structural similarity that an image may lose
 */
export const lookLimitsAt = (strength: number, mostLost: number): Omit<LookLimits, 'colours'> => ({
  leastSimilarity: Math.max(0.3, 0.98 - 2 * mostLost),
  leastTile: 0.6 * (1 - strength),
  mostColour: 14 + 40 * strength,
  leastChroma: 0.8 - 0.65 * strength,
  leastContrast: 0.8 - 0.5 * strength,
  leastDetail: 0.5 - 0.4 * strength,
  mostLostMarks: strength < 0.5 ? 0 : 0.1 * (strength - 0.5),
})

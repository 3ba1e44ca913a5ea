/** What look may be given up. */
export type LookLimits = {
  colours: 'keep' | 'grayscale' | 'black-white'
  /** A page whose structural similarity to the original falls below is damaged. */
  leastSimilarity: number
  /** The same for its worst tile: a small image that vanished does not show in the mean. */
  leastTile: number
}

/**
 * A word as it stands on the page: where the text came from is kept, since what was recognised
 * is trusted less than what was written.
 * The box is in points, from the top left corner of the page as seen. Confidence goes from 0 to 1
 * and is 1 for digital text.
 */
export type Word = {
  text: string
  box: { l: number; t: number; r: number; b: number }
  confidence: number
  source: 'text' | 'ocr'
}

/** The words of one page, numbered from 1; width and height in points, as seen. */
export type PageWords = { number: number; width: number; height: number; words: Word[] }

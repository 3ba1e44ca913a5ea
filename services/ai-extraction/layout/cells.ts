import type { Word } from '../reading/page-words.ts'
import { boxAround, median, type Box } from './boxes.ts'
import type { Line } from './lines.ts'

/** Words of a line that stand together: nothing wider than a blank between them. */
export type Cell = { page: number; words: Word[]; box: Box; text: string }

/** Letters are about this share of the font's size wide on average, over fonts and languages. */
const letterShare = 0.53

/**
 * The size of the letters of a line in points, from the widths of its words: boxes of recognised
 * words end at the ink, so that their heights tell little.
 */
export function letterSize(words: readonly Word[]): number {
  const widths = words.filter((word) => word.text.length > 1).map(letterWidth)
  return median(widths.length > 0 ? widths : words.map(letterWidth)) / letterShare
}

const letterWidth = ({ box, text }: Word) => (box.r - box.l) / Math.max(1, text.length)

/**
 * Cuts a line where the gap is wider than a blank can be: 0.95 of the letters' size. One blank of
 * a typewriter font is 0.6 wide, two are 1.2.
 */
export function cellsOf(line: Line): Cell[] {
  const limit = 0.95 * letterSize(line.words)
  const cells: Word[][] = []
  let end = -Infinity
  for (const word of line.words) {
    const last = cells.at(-1)
    if (last && word.box.l - end <= limit) last.push(word)
    else cells.push([word])
    end = Math.max(end, word.box.r)
  }
  return cells.map((words) => cellAround(line.page, words))
}

/** One cell of these words; there must be at least one. */
export function cellAround(page: number, words: readonly Word[]): Cell {
  return {
    page,
    words: [...words],
    box: boxAround(words.map((word) => word.box)),
    text: words.map((word) => word.text).join(' '),
  }
}

import { type Box } from './placed-text.ts'
import { boxAround } from './placed-text.ts'
import { directionOf } from './reading-order.ts'
import { inReadingOrder } from './reading-order.ts'
import { type PlacedPage } from './placed-text.ts'
import { type PlacedWord } from './placed-text.ts'
import { textOf } from './line-text.ts'
import { uprightPage } from './lines-upright.ts'

/** Words that stand together in a row. */
export type Cell = { words: PlacedWord[]; box: Box }

/** Words of a cell are closer to each other than that, in heights of their line. */
const widestSpace = 1.2

/**
 * The words of a page as plain text in which they stand where they stand on the page, counted from where lines begin.
 * Lines that run otherwise than most follow at the end.
 */
export function laidOut(seen: PlacedPage): string {
  const page = uprightPage(seen)
  const words = page.blocks.flat(2)
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  const width = words.reduce((sum, { box: [left, , right] }) => sum + right - left, 0)
  const column = width / letters
  const direction = directionOf(page)
  const isMirrored = direction === 'right-to-left'
  const rows = rowsOf(words, slopeOf(page)).map((row) => {
    let line = ''
    const cells = cellsOf(row)
    for (const cell of isMirrored ? cells.reverse() : cells) {
      const begin = isMirrored ? page.width - cell.box[2] : cell.box[0]
      const gap = Math.max(line === '' ? 0 : 1, Math.round(begin / column) - line.length)
      line += `${' '.repeat(gap)}${textOf(inReadingOrder(cell.words, direction))}`
    }
    return `${line}\n`
  })
  return [...rows, ...page.aside.map((line) => `${textOf(line)}\n`)].join('')
}

/** The cells of a row, from left to right. */
export function cellsOf(row: readonly PlacedWord[]): Cell[] {
  const cells: PlacedWord[][] = []
  for (const word of row) {
    const last = cells.at(-1)
    const before = last?.at(-1)
    if (last && before && word.box[0] - before.box[2] < heightOf(word) * widestSpace) last.push(word)
    else cells.push([word])
  }
  return cells.map((words) => ({ words, box: boxAround(words) }))
}

/**
 * Words that stand beside each other, from the top of the page to its end and each row from left to right.
 * @param slope how far lines sink on their way to the right
 */
export function rowsOf<Item extends { box: Box }>(words: readonly Item[], slope: number): Item[][] {
  const rows: { middle: number; words: Item[] }[] = []
  const sunk = ({ box: [left, , right] }: Item) => ((left + right) / 2) * slope
  const middleOf = (word: Item) => middle(word) - sunk(word)
  for (const word of [...words].sort((one, other) => middleOf(one) - middleOf(other))) {
    const last = rows.at(-1)
    const top = word.box[1] - sunk(word)
    if (last && last.middle > top && middleOf(word) - last.middle < heightOf(word) / 2) last.words.push(word)
    else rows.push({ middle: middleOf(word), words: [word] })
  }
  return rows.map((row) => row.words.sort((one, other) => one.box[0] - other.box[0]))
}

/** Lines shorter than that, in their heights, tell too little of a slope; so does a slope that is within how exactly words are placed. */
const [shortest, least] = [5, 0.002]

/** How far the lines of a page sink on their way to the right, as on a scan that was put in askew: most do alike. */
export function slopeOf({ blocks }: PlacedPage): number {
  const slopes = blocks.flat().flatMap((line) => {
    const [first, last] = [line[0], line.at(-1)]
    if (!first || !last) return []
    const across = last.box[0] - first.box[0]
    return Math.abs(across) < heightOf(first) * shortest ? [] : [(middle(last) - middle(first)) / across]
  })
  const slope = slopes.sort((one, other) => one - other)[Math.floor(slopes.length / 2)] ?? 0
  return Math.abs(slope) < least ? 0 : slope
}

const middle = ({ box: [, top, , bottom] }: { box: Box }) => (top + bottom) / 2

export const heightOf = ({ box: [, top, , bottom] }: Pick<PlacedWord, 'box'>): number => bottom - top

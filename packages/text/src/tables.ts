import { type Direction } from './reading-order.ts'
import { directionOf } from './reading-order.ts'
import { inReadingOrder } from './reading-order.ts'
import { type PlacedPage } from './placed-text.ts'
import { type PlacedWord } from './placed-text.ts'
import { textOf } from './line-text.ts'
import { areBoxes, isBox } from './boxes.ts'
import { type Cell, cellsOf, rowsOf, slopeOf } from './laid-out.ts'
import { uprightPage } from './lines-upright.ts'

/** A table as it can be told from the places of words: its cells row by row, and the words in them. */
export type Table = { rows: string[][]; words: ReadonlySet<PlacedWord> }

/** Fewer rows are a line with a gap; longer cells are columns of prose. */
const [leastRows, mostWordsInCell, mostColumns] = [3, 4, 12]

/** From the left edge of a column to its right. */
type Column = [left: number, right: number]

/** Rows that follow each other and divide into cells below each other. */
export function tablesOf(seen: PlacedPage): Table[] {
  const tables: Table[] = []
  const page = uprightPage(seen)
  const direction = directionOf(page)
  let [rows, columns]: [Cell[][], Column[]] = [[], []]
  for (const row of [...rowsOf(page.blocks.flat(2), slopeOf(page)).map(cellsOf), []]) {
    const own = row.map(({ box }): Column => [box[0], box[2]])
    const together = columnsOf([...columns, ...own])
    // A row that joins columns, or that those above would join, is of another table.
    if (row.length > 1 && together.length >= Math.max(columns.length, row.length)) {
      rows.push(row)
      columns = together
      continue
    }
    for (const [from, to] of sideBySide(rows, columns)) {
      const own = columns.filter(([left, right]) => left >= from && right <= to)
      const cells = rows.map((each) => each.filter(({ box }) => box[0] >= from && box[2] <= to))
      const table = tableOf(
        cells.filter((each) => each.length > 0),
        own,
        direction,
      )
      if (table) tables.push({ ...table, words: new Set([...table.words].map(page.original)) })
    }
    ;[rows, columns] = row.length > 1 ? [[row], columnsOf(own)] : [[], []]
  }
  return tables
}

function tableOf(
  rows: readonly Cell[][],
  columns: readonly Column[],
  direction: Direction,
): Table | undefined {
  const cells = rows.flat()
  const words = cells.flatMap((cell) => cell.words)
  if (rows.length < leastRows || words.length > cells.length * mostWordsInCell) return undefined
  if (columns.length < 2 || columns.length > mostColumns) return undefined
  const ordered = direction === 'right-to-left' ? [...columns].reverse() : columns
  const texts = rows.map((row) =>
    ordered.map(([left, right]) =>
      row
        .filter(({ box }) => box[0] >= left && box[2] <= right)
        .map((cell) => textOf(inReadingOrder(cell.words, direction)))
        .join(' '),
    ),
  )
  return areBoxes(texts) ? undefined : { rows: texts, words: new Set(words) }
}

/** The gap between tables beside each other is so many times as wide as those between their columns. */
const leastGutter = 2

/**
 * From where to where tables go that stand beside each other, or beside a box: the widest gap by far is between them.
 * Numbers stand at the left of it and words at its right, both have the same heading, or the box is like no column.
 */
function sideBySide(rows: readonly Cell[][], columns: readonly Column[]): Column[] {
  if (columns.length > mostColumns * 2) return [[-Infinity, Infinity]]
  const gaps = columns.slice(1).map(([left], index) => left - (columns[index]?.[1] ?? left))
  const widest = Math.max(...gaps)
  const at = gaps.indexOf(widest) + 1
  const others = gaps.filter((_, index) => index !== at - 1)
  const [before, behind] = [columns[at - 1], columns[at]]
  const isApart = before && behind && columns.length - at > 1 && widest >= Math.max(...others) * leastGutter
  if (!isApart || !areApart(rows, columns, at)) return [[-Infinity, Infinity]]
  const middle = (before[1] + behind[0]) / 2
  return [
    [-Infinity, middle],
    [middle, Infinity],
  ]
}

/** @param at how many of the columns are at the left */
function areApart(rows: readonly Cell[][], columns: readonly Column[], at: number): boolean {
  const texts = columns.map((column) => textsIn(rows, column))
  const [before = [], behind = []] = [texts[at - 1], texts[at]]
  if (Math.min(before.length, behind.length) < leastRows) return false
  // Beside a box stand labels and what they are for.
  if (at === 1) return columns.length === 3 && isBox(before) && behind.every((text) => !/\p{N}/u.test(text))
  const heads = columns.map((column) => textsIn(rows.slice(0, 1), column).join(' '))
  const isRepeated = heads.slice(0, columns.length - at).join('\t') === heads.slice(at).join('\t')
  return isRepeated || (mostAre(/^[^\p{L}]*\p{N}/u, before) && mostAre(/^\p{L}/u, behind))
}

const textsIn = (rows: readonly Cell[][], [left, right]: Column): string[] =>
  rows.flatMap((row) =>
    row.filter(({ box }) => box[0] >= left && box[2] <= right).map(({ words }) => textOf(words)),
  )

const mostAre = (pattern: RegExp, texts: readonly string[]): boolean =>
  texts.filter((text) => pattern.test(text)).length * 2 > texts.length

/** From left to right; those that overlap become one. */
function columnsOf(parts: readonly Column[]): Column[] {
  const columns: Column[] = []
  for (const [left, right] of [...parts].sort(([one], [other]) => one - other)) {
    const last = columns.at(-1)
    if (last && left < last[1]) last[1] = Math.max(last[1], right)
    else columns.push([left, right])
  }
  return columns
}

import {
  type Direction,
  directionOf,
  inReadingOrder,
  type PlacedPage,
  type PlacedWord,
  textOf,
} from '@pdf-smaller/engines'
import { type Cell, cellsOf, rowsOf, slopeOf } from './laid-out.ts'

/** A table as it can be told from the places of words: its cells row by row, and the words in them. */
export type Table = { rows: string[][]; words: ReadonlySet<PlacedWord> }

/** Fewer rows are a line with a gap; longer cells are columns of prose. */
const [leastRows, mostWordsInCell, mostColumns] = [3, 4, 12]

/** From the left edge of a column to its right. */
type Column = [left: number, right: number]

/** Rows that follow each other and divide into cells below each other. */
export function tablesOf(page: PlacedPage): Table[] {
  const tables: Table[] = []
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
    const table = tableOf(rows, columns, direction)
    if (table) tables.push(table)
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
  return { rows: texts, words: new Set(words) }
}

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

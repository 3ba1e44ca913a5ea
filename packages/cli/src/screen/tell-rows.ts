import type { Session } from '../program/session.ts'
import type { Paint } from './paint.ts'
import { table } from './table.ts'

type Rows<T> = {
  all: readonly T[]
  heads: readonly string[]
  row: (one: T) => readonly string[]
  /** What a script goes on with. */
  word: (one: T) => string | undefined
  /** What is told, aside, where there is nothing. */
  none: string
  colour?: (paint: Paint) => (text: string, column: number) => string
}

/** Tells a list: as a table, as JSON lines, or by a word for each. */
export function tellRows<T>(
  { json, quiet, tell, print, note, paint, results }: Session,
  { all, heads, row, word, none, colour }: Rows<T>,
): void {
  if (json || quiet) for (const one of all) tell({ json: one, lines: () => [], word: word(one) })
  else if (all.length === 0) note(none)
  else {
    const rows = all.map(row)
    const given = { heads, rows, columns: results.columns, paint, ...(colour && { colour: colour(paint) }) }
    for (const line of table(given)) print(line)
  }
}

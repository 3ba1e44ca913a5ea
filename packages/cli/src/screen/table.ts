import { cut, widthOf } from './fit.ts'
import type { Paint } from './paint.ts'

type Table = {
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  /** Columns of the terminal; without it, lines are as long as they come. */
  columns?: number | undefined
  paint: Paint
  /** Colours a cell, which has its width already. */
  colour?: (text: string, column: number, row: readonly string[]) => string
}

/** Rows in columns that stand below each other; only the last one is cut where the terminal ends. */
export function table({ heads, rows, columns, paint, colour = (text) => text }: Table): string[] {
  const widths = heads.map((head, column) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[column] ?? ''))),
  )
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0)
  const room = columns === undefined ? Infinity : Math.max(8, columns - before)
  const line = (cells: readonly string[], paintCell: (text: string, column: number) => string) =>
    cells
      .map((cell, column) =>
        column === heads.length - 1
          ? paintCell(room === Infinity ? cell : cut(cell, room), column)
          : `${paintCell(cell, column)}${' '.repeat((widths[column] ?? 0) - widthOf(cell) + 2)}`,
      )
      .join('')
      .trimEnd()
  return [
    line(heads, (text) => paint('bold', text)),
    ...rows.map((row) => line(row, (text, column) => colour(text, column, row))),
  ]
}

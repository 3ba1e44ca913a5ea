import { type Cell, looksLikeFormula, type Table } from './table.ts'

/**
 * A table as CSV (RFC 4180): UTF-8, commas, CRLF, names of columns first. Numbers have a point before decimals and no
 * groups. A text that a spreadsheet would run as a formula has an apostrophe in front, which makes it text there.
 */
export function csvOf({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('')
}

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return cell.number
  const text = looksLikeFormula(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

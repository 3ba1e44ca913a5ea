import { amountReadings } from '@pdf-smaller/extraction'
import { sharedWidth, type Box } from '../../layout/boxes.ts'
import { columnOf, columnsOf, type Column } from '../../layout/columns.ts'
import type { HeaderLabel } from '../../layout/headers.ts'
import type { PrintedAmount } from './amounts.ts'
import type { ColumnRole } from './column-names.ts'
import { isInDateColumn } from './date-columns.ts'
import type { MarkedLine } from './marked-lines.ts'
import { moneyRoles, type MoneyColumn, type MoneyRole, type Table } from './table.ts'

/** The column of credit and debit in words: under its label, or where most rows have such a word alone. */
export function sidesOf(rows: readonly MarkedLine[], table: Table): Table['sides'] {
  const label = table.labels.find(({ role }) => role === 'side')
  if (label) return label.box
  const own = rows.filter((line) => moneyIn(line, table).length > 0)
  const words = own.flatMap(({ cells }) =>
    cells.filter(({ text }) => sideOf(text) !== null).map(({ box }) => box),
  )
  const [column] = columnsOf(words, 0.4 * table.size, 3).toSorted((a, b) => b.count - a.count)
  return column && column.count >= 0.6 * own.length ? column : null
}

/** What a word alone says of the side, in any of the languages. */
export function sideOf(text: string): 'credit' | 'debit' | null {
  return text.length <= 8 ? (amountReadings(`1.00 ${text}`)[0]?.side ?? null) : null
}

/** Amounts that no text follows closely: those inside a sentence stand in no column. */
export function columnAmounts({ amounts, line, dates }: MarkedLine, table: Table): PrintedAmount[] {
  return amounts.filter(({ words, to }) => {
    if (dates.some((date) => date.words.some((word) => words.includes(word)) && isInDateColumn(date, table)))
      return false
    const [next, last] = [line.words[to], words.at(-1)]
    return !next || !last || next.box.l - last.box.r > 0.9 * table.size || /\d/.test(next.text)
  })
}

/** Each column takes the name of the label over it, or of the nearest one. */
export function named(
  columns: readonly Column[],
  labels: readonly HeaderLabel<ColumnRole>[],
  size: number,
): MoneyColumn[] {
  const money = labels.filter(({ role }) => moneyRoles.has(role))
  // `Valor` is the amount in Portuguese and the day of value in Spanish: over amounts it is the amount.
  if (!money.some(({ role }) => role !== 'balance')) {
    money.push(
      ...labels
        .filter(({ role }) => role === 'value')
        .map((label) => ({ ...label, role: 'amount' as const })),
    )
  }
  const all = columns.map((column) => ({ ...column, role: roleOf(column, money, size) }))
  const most = (role: MoneyRole) =>
    Math.max(...all.filter((column) => column.role === role).map(({ count }) => count))
  // A few amounts beside a full column of the same name stand in the text.
  const known = all.filter((column) => column.role !== 'unknown' && column.count >= 0.12 * most(column.role))
  const kept = known.length > 0 ? known : all.length <= 3 ? all : all.filter(({ count }) => count >= 2)
  return kept.map((column, index) => ({ ...column, index }))
}

function roleOf(column: Column, labels: readonly HeaderLabel<ColumnRole>[], size: number): MoneyRole {
  const box: Box = { l: column.l, r: column.r, t: 0, b: 0 }
  const distance = (label: Box) =>
    Math.min(
      Math.abs(label.r - column.r),
      Math.abs(label.l - column.l),
      Math.abs(label.l + label.r - column.l - column.r) / 2,
    )
  const near = labels
    .filter((label) => sharedWidth(box, label.box) > -3 * size)
    .toSorted((a, b) => distance(a.box) - distance(b.box))
  const [first] = near
  return first && moneyRoles.has(first.role) ? (first.role as MoneyRole) : 'unknown'
}

/** The amounts of a line that stand in the table's columns. */
export function moneyIn(line: MarkedLine, table: Table): { column: MoneyColumn; amount: PrintedAmount }[] {
  return columnAmounts(line, table).flatMap((amount) => {
    const column = columnOf(amount.box, table.columns, 0.5 * table.size)
    return column ? [{ column, amount }] : []
  })
}

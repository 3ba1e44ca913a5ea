import type { Word } from '../../reading/page-words.ts'
import type { PrintedAmount } from './amounts.ts'
import type { PrintedDay } from './dates.ts'
import type { MarkedLine } from './marked-lines.ts'
import type { Meaning } from './meaning.ts'
import type { DateRole, MoneyColumn, Table } from './table.ts'

export type Side = 'credit' | 'debit'
export type RowMoney = { column: MoneyColumn; amount: PrintedAmount }

/** A transaction as it is printed: nothing is decided yet. */
export type Row = {
  kind: 'row'
  page: number
  /** The line with its amount. */
  line: number
  lines: MarkedLine[]
  dates: { role: DateRole; date: PrintedDay }[]
  money: RowMoney[]
  /** From a column of its own, as Af/Bij. */
  side: Side | null
  /** From the title of the section that the row stands in. */
  section: Side | null
  table: Table
  /** Words that are the number of a check, in a list of checks. */
  check: Word[]
}

/** An amount outside of rows, with what the words at it say. */
export type Figure = {
  kind: 'figure'
  page: number
  line: number
  meaning: Meaning
  amount: PrintedAmount
  label: string
  date: PrintedDay | null
  column: MoneyColumn | null
}

export type Part = Row | Figure | { kind: 'text'; line: MarkedLine }

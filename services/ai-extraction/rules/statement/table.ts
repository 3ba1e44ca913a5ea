import type { Column } from '../../layout/columns.ts'
import type { HeaderLabel } from '../../layout/headers.ts'
import type { ColumnRole } from './column-names.ts'

/** What a column of amounts may mean; `unknown` where no header names it. */
export type MoneyRole = 'debit' | 'credit' | 'amount' | 'balance' | 'unknown'
export type MoneyColumn = Column & { role: MoneyRole; index: number }
/** Whether a date is the day of booking or of value; `date` where the document says neither. */
export type DateRole = 'date' | 'booking' | 'value'

/** All rows of labels with the same names, and the columns that their amounts form together. */
export type Table = {
  labels: HeaderLabel<ColumnRole>[]
  columns: MoneyColumn[]
  /** Left edges of dates that stand in a column of dates. */
  dateEdges: number[]
  /** Days stand in lines of their own, over the rows of a day. */
  dayTitles: boolean
  /** Left edges of days of value behind the text, where no header names them. */
  valueEdges: number[]
  /** The column that says credit or debit in words. */
  sides: { l: number; r: number } | null
  /** Where text begins; nothing left of it goes on with a row. */
  textEdge: number
  /** Size of letters, in points. */
  size: number
}

/** The table that each line of the document belongs to, or null; header rows have `header` set. */
export type LineTable = { table: Table | null; header: boolean }

export const moneyRoles = new Set<ColumnRole>(['debit', 'credit', 'amount', 'balance'])
export const dateRoles = new Set<ColumnRole>(['date', 'booking', 'value'])

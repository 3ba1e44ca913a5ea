import type { ColumnRole } from './column-names.ts'
import { columnDates, isDayAlone } from './date-columns.ts'
import { figuresIn } from './figures.ts'
import { Joiner } from './joiner.ts'
import type { MarkedLine } from './marked-lines.ts'
import { moneyIn, sideOf } from './money-columns.ts'
import { pairsIn } from './pairs.ts'
import type { Part, Row, RowMoney, Side } from './parts.ts'
import type { LineTable, MoneyColumn, Table } from './table.ts'

/**
 * Takes a statement apart into rows, amounts with a label, and other lines, in reading order.
 * A row has an amount in a column and a date of its own or the one of a row before it.
 */
export function partsOf(lines: readonly MarkedLine[], tables: readonly LineTable[]): Part[] {
  const read = (splits: boolean) => {
    const reader = new PartReader(splits)
    lines.forEach((line, index) => reader.read(line, tables[index] ?? { table: null, header: false }))
    return { parts: reader.finish(), seen: reader.joiner.seen }
  }
  const { parts, seen } = read(true)
  // Whether rows begin above their amounts is one thing for the document; single gaps are noise.
  return seen.begun > 0 && seen.begun < 0.4 * seen.between ? read(false).parts : parts
}

/** Columns that tables of daily balances do not have. */
const textual = new Set<ColumnRole>(['description', 'debit', 'credit', 'value'])

class PartReader {
  private readonly parts: Part[] = []
  readonly joiner: Joiner
  private day: Row['dates'] = []
  private section: Side | 'balances' | null = null
  private last: MarkedLine | null = null
  /** The two lines before, outside of rows. */
  private recent: MarkedLine[] = []

  constructor(splits: boolean) {
    this.joiner = new Joiner(splits)
  }

  read(line: MarkedLine, { table, header }: LineTable): void {
    if (header) {
      this.joiner.breakHere()
      if (this.section === 'balances' && table?.labels.some(({ role }) => textual.has(role)))
        this.section = null
      this.last = line
      return
    }
    if (table && this.readInTable(line, table)) {
      this.last = line
      return
    }
    this.readOutside(line, table)
  }

  finish(): Part[] {
    this.joiner.breakHere()
    return this.parts
  }

  /** @returns whether the line is or belongs to a row */
  private readInTable(line: MarkedLine, table: Table): boolean {
    const pairs = pairsIn(line, this.section)
    if (pairs) return this.readPairs(line, table, pairs)
    const money = moneyIn(line, table)
    const dates = columnDates(line, table)
    if (isLabelled(line, dates.length > 0, money)) return false
    if (money.length > 0) return this.readRow(line, table, money, dates)
    if (line.amounts.length > 0 && dates.length === 0 && !this.joiner.fits(line, table)) return false
    return this.readText(line, table, dates)
  }

  private readRow(line: MarkedLine, table: Table, money: RowMoney[], dates: Row['dates']): boolean {
    if (this.section === 'balances') return true
    const onlyBalance = money.every(({ column }) => column.role === 'balance')
    const row = this.joiner.row
    if (
      onlyBalance &&
      dates.length === 0 &&
      row &&
      row.money.every(({ column }) => column.role !== 'balance')
    ) {
      // The balance stands at the last line of a row rather than at its first.
      if (this.joiner.add(line, table)) row.money.push(...money)
      return true
    }
    const pending = this.joiner.takeDated(line, dates.length > 0)
    const own = dates.length > 0 ? dates : (pending?.dates ?? [])
    if (own.length === 0 && !this.continues(line, table)) return false
    if (onlyBalance) return false
    if (own.some(({ role }) => role !== 'value')) this.day = own
    if (this.day.length === 0 && own.length === 0) return false
    const part: Row = {
      kind: 'row',
      page: line.line.page,
      line: line.index,
      lines: [...(pending?.lines ?? []), line],
      dates: this.datesWith(own),
      money,
      side: sideIn(line, table),
      section: this.section,
      table,
      check: [],
    }
    this.joiner.open(part)
    this.parts.push(part)
    return true
  }

  /** A row that has a day of value alone was booked on the day above it. */
  private datesWith(own: Row['dates']): Row['dates'] {
    if (own.length === 0) return this.day
    const booked = this.day.filter(({ role }) => role !== 'value')
    return own.every(({ role }) => role === 'value') ? [...booked, ...own] : own
  }

  /** Whether a line without a date goes on with the day of the rows above it. */
  private continues(line: MarkedLine, table: Table): boolean {
    const { last } = this
    const first = line.text[0]
    if (!last || !first || this.day.length === 0) return false
    const gap = line.line.box.t - last.line.box.b
    const follows = last.line.page !== line.line.page || gap < 2.4 * table.size
    return (
      follows &&
      first.box.l > table.textEdge - 1.5 * table.size &&
      first.box.l < table.textEdge + 8 * table.size
    )
  }

  private readText(line: MarkedLine, table: Table, dates: Row['dates']): boolean {
    if (
      line.meaning.kind === 'daily-balances' ||
      (dates.length === 0 && line.meaning.kind === 'side' && !this.joiner.isNear(line, table))
    )
      return false
    if (dates.length > 0) {
      const rest = line.text.some(({ text }) => /\p{L}/u.test(text))
      const isTitle = table.dayTitles && isDayAlone(line)
      if (!isTitle && (rest || this.joiner.isNear(line, table))) this.joiner.dated(line, dates)
      else this.joiner.breakHere()
      this.day = dates
      return true
    }
    return this.joiner.add(line, table)
  }

  private readPairs(line: MarkedLine, table: Table, pairs: NonNullable<ReturnType<typeof pairsIn>>): boolean {
    if (this.section === 'balances') return true
    const index = table.columns.length
    for (const { date, amount, check } of pairs) {
      const column: MoneyColumn = {
        side: 'right',
        edge: amount.box.r,
        l: amount.box.l,
        r: amount.box.r,
        count: 1,
        role: 'amount',
        index,
      }
      const row: Row = {
        kind: 'row',
        page: line.line.page,
        line: line.index,
        lines: [],
        dates: [{ role: 'date', date }],
        money: [{ column, amount }],
        side: null,
        section: this.section,
        table,
        check,
      }
      this.parts.push(row)
    }
    this.joiner.breakHere()
    return true
  }

  private readOutside(line: MarkedLine, table: Table | null): void {
    const { meaning, amounts } = line
    if (meaning.kind === 'daily-balances') this.section = 'balances'
    if (meaning.kind === 'side' && amounts.length === 0) this.section = meaning.side
    const figures = figuresIn(
      line,
      this.recent.filter(({ line: above }) => above.page === line.line.page),
      table,
    )
    if (figures.length > 0 || meaning.kind !== 'text') this.joiner.breakHere()
    this.parts.push(...figures, { kind: 'text', line })
    if (figures.length > 0) this.last = line
    this.recent = [...this.recent.slice(-1), line]
  }
}

/** A line that says itself that it is a balance or a sum is no row. */
function isLabelled(
  { meaning, text, amounts }: MarkedLine,
  dated: boolean,
  money: readonly RowMoney[],
): boolean {
  if (amounts.length === 0) return false
  switch (meaning.kind) {
    case 'opening':
    case 'closing':
    case 'carry':
      return meaning.atStart
    case 'balance':
      return meaning.atStart && (!dated || money.length <= 1)
    case 'total':
      return !dated
    case 'side':
    case 'daily-balances':
    case 'text':
      return text.length === 0 && !dated && money.length === 0
    default:
      meaning satisfies never
      return false
  }
}

function sideIn(line: MarkedLine, table: Table): Side | null {
  const column = table.sides
  const word = column && line.text.find(({ box }) => box.l < column.r + 2 && box.r > column.l - 2)
  return word ? sideOf(word.text) : null
}

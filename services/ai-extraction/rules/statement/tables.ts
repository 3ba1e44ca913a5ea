import { amountReadings } from '@pdf-smaller/extraction'
import { height, median, sharedWidth, type Box } from '../../layout/boxes.ts'
import { letterSize } from '../../layout/cells.ts'
import { columnOf, columnsOf, type Column } from '../../layout/columns.ts'
import { headersOf, type Header, type HeaderLabel } from '../../layout/headers.ts'
import type { Line } from '../../layout/lines.ts'
import type { PrintedAmount } from './amounts.ts'
import { columnNames, type ColumnRole } from './column-names.ts'
import type { PrintedDay } from './dates.ts'
import type { MarkedLine } from './marked-lines.ts'

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

const moneyRoles = new Set<ColumnRole>(['debit', 'credit', 'amount', 'balance'])
const dateRoles = new Set<ColumnRole>(['date', 'booking', 'value'])

/** The header rows of transactions: they name a date or a text, and an amount. */
export function transactionHeaders(lines: readonly Line[]): Header<ColumnRole>[] {
  return headersOf(lines, columnNames).filter(
    ({ labels }) =>
      labels.some(({ role }) => dateRoles.has(role) || role === 'description') &&
      labels.some(({ role }) => moneyRoles.has(role) || role === 'value') &&
      labels.length >= 2,
  )
}

/**
 * Says of each line which table it belongs to. Tables whose headers name the same columns are one
 * table over all pages. Without any header the whole document is one table, its columns unnamed.
 */
export function tablesOf(lines: readonly MarkedLine[], headers: readonly Header<ColumnRole>[]): LineTable[] {
  const keys = new Map<string, MarkedLine[]>()
  const labels = new Map<string, HeaderLabel<ColumnRole>[]>()
  const keyOf: (string | null)[] = []
  const inHeader = new Set<number>()
  let key: string | null = headers.length === 0 ? '' : null
  let next = 0
  for (const line of lines) {
    const header = headers[next]
    if (header && line.index === header.first) {
      // Halves of a sheet with two pages have their columns at other places.
      key = `${header.labels.map(({ role }) => role).join()} ${Math.round((header.labels[0]?.box.l ?? 0) / 60)}`
      labels.set(key, [...(labels.get(key) ?? []), ...header.labels])
    }
    if (header && line.index >= header.first) inHeader.add(line.index)
    if (header && line.index === header.last) next++
    keyOf.push(key)
    if (key !== null && !inHeader.has(line.index)) push(keys, key, line)
  }
  const tables = new Map([...keys].map(([key, lines]) => [key, tableOf(lines, labels.get(key) ?? [])] as const))
  return keyOf.map((key, index) => ({
    table: key === null ? null : (tables.get(key) ?? null),
    header: inHeader.has(lines[index]?.index ?? -1),
  }))
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function tableOf(lines: readonly MarkedLine[], labels: readonly HeaderLabel<ColumnRole>[]): Table {
  const size = median(lines.slice(0, 400).map(({ line }) => letterSize(line.words)))
  const withAmounts = lines.filter(({ amounts }) => amounts.length > 0)
  const dated = withAmounts.filter(({ dates }) => dates.length > 0)
  const days = lines.filter(isDayAlone)
  // Where days stand in lines of their own, as titles, rows have none.
  const underDays = dated.length < 3 && days.length >= 3
  const rows = labels.length > 0 || underDays ? withAmounts : dated
  const leading = (underDays ? days : rows).flatMap((line) => leadingDates(line).slice(0, 1))
  const table: Table = {
    labels: [...labels], columns: [], size, textEdge: 0, sides: null, valueEdges: [], dayTitles: underDays,
    dateEdges: commonEdges(leading.map(({ box }) => box), size, 0.2),
  }
  if (labels.length === 0) table.valueEdges = commonEdges(rows.flatMap(datesBehind), size, 0.5).filter((_, __, all) => all.length === 1)
  const boxes = rows.flatMap((line) => columnAmounts(line, table).map(({ box }) => box))
  table.columns = named(columnsOf(boxes, 0.35 * size, labels.length > 0 ? 1 : 2), labels, size)
  table.textEdge = textEdgeOf(rows, table)
  table.sides = sidesOf(rows, table)
  return table
}

/** A line that is nothing but a date, maybe with the day of the week. */
export function isDayAlone({ dates, text, amounts }: MarkedLine): boolean {
  return dates.length === 1 && amounts.length === 0 && text.length <= 1
}

/** Left edges that at least a share as many boxes have as the commonest one. */
function commonEdges(boxes: readonly Box[], size: number, share: number): number[] {
  const columns = columnsOf(boxes, 0.4 * size, 2)
  const most = Math.max(0, ...columns.map(({ count }) => count))
  return columns.filter(({ count }) => count >= share * Math.max(most, share >= 0.5 ? boxes.length : 0)).map(({ l }) => l)
}

function datesBehind(line: MarkedLine): Box[] {
  const leading = leadingDates(line)
  return leading.length === 0 ? [] : line.dates.filter((date) => !leading.includes(date)).map(({ box }) => box)
}

/** The column of credit and debit in words: under its label, or where most rows have such a word alone. */
function sidesOf(rows: readonly MarkedLine[], table: Table): Table['sides'] {
  const label = table.labels.find(({ role }) => role === 'side')
  if (label) return label.box
  const own = rows.filter((line) => moneyIn(line, table).length > 0)
  const words = own.flatMap(({ cells }) => cells.filter(({ text }) => sideOf(text) !== null).map(({ box }) => box))
  const [column] = columnsOf(words, 0.4 * table.size, 3).toSorted((a, b) => b.count - a.count)
  return column && column.count >= 0.6 * own.length ? column : null
}

/** What a word alone says of the side, in any of the languages. */
export function sideOf(text: string): 'credit' | 'debit' | null {
  return text.length <= 8 ? (amountReadings(`1.00 ${text}`)[0]?.side ?? null) : null
}

/** Where the text of rows begins: of those with a date in its column, else of all. */
function textEdgeOf(rows: readonly MarkedLine[], table: Table): number {
  const edges = (lines: readonly MarkedLine[]) => lines.flatMap(({ text }) => (text[0] ? [text[0].box.l] : []))
  const dated = edges(rows.filter((line) => leadingDates(line).some((date) => isInDateColumn(date, table))))
  return median(dated.length > 0 ? dated : edges(rows))
}

/** Amounts that no text follows closely: those inside a sentence stand in no column. */
function columnAmounts({ amounts, line, dates }: MarkedLine, table: Table): PrintedAmount[] {
  return amounts.filter(({ words, to }) => {
    if (dates.some((date) => date.words.some((word) => words.includes(word)) && isInDateColumn(date, table))) return false
    const [next, last] = [line.words[to], words.at(-1)]
    return !next || !last || next.box.l - last.box.r > 0.9 * table.size || /\d/.test(next.text)
  })
}

/** Each column takes the name of the label over it, or of the nearest one. */
function named(columns: readonly Column[], labels: readonly HeaderLabel<ColumnRole>[], size: number): MoneyColumn[] {
  const money = labels.filter(({ role }) => moneyRoles.has(role))
  // `Valor` is the amount in Portuguese and the day of value in Spanish: over amounts it is the amount.
  if (!money.some(({ role }) => role !== 'balance')) {
    money.push(...labels.filter(({ role }) => role === 'value').map((label) => ({ ...label, role: 'amount' as const })))
  }
  const all = columns.map((column) => ({ ...column, role: roleOf(column, money, size) }))
  const known = all.filter((column) => column.role !== 'unknown')
  const kept = known.length > 0 ? known : all.filter(({ count }) => count >= 2)
  return kept.map((column, index) => ({ ...column, index }))
}

function roleOf(column: Column, labels: readonly HeaderLabel<ColumnRole>[], size: number): MoneyRole {
  const box: Box = { l: column.l, r: column.r, t: 0, b: 0 }
  const distance = (label: Box) => Math.min(Math.abs(label.r - column.r), Math.abs(label.l - column.l), Math.abs(label.l + label.r - column.l - column.r) / 2)
  const near = labels
    .filter((label) => sharedWidth(box, label.box) > -3 * size)
    .toSorted((a, b) => distance(a.box) - distance(b.box))
  const [first] = near
  return first && moneyRoles.has(first.role) ? (first.role as MoneyRole) : 'unknown'
}

/** The dates before any word of a line; numbers that count rows may stand before them. */
export function leadingDates({ dates, line, amounts, text }: MarkedLine): PrintedDay[] {
  if (dates[0] && dates.length === 1 && amounts.length === 0 && text.length <= 1) return [dates[0]]
  const found: PrintedDay[] = []
  const inAmount = new Set(amounts.filter(({ words }) => !dates.some((date) => date.words.some((word) => words.includes(word)))).flatMap(({ words }) => words))
  for (let at = 0; at < line.words.length; at++) {
    const word = line.words[at]
    if (!word || inAmount.has(word)) break
    const date = dates.find(({ words }) => words[0] === word)
    if (date) {
      found.push(date)
      at += date.words.length - 1
    } else if (!/^[\d#*.:]{1,6}$|^(mon|tue|wed|thu|fri|sat|sun)$/i.test(word.text)) break
  }
  return found
}

/** Whether a date stands in a column of dates: under such a label, or where rows begin. */
export function isInDateColumn(date: PrintedDay, table: Table): boolean {
  if (table.dateEdges.some((edge) => Math.abs(edge - date.box.l) < 0.8 * table.size)) return true
  return dateLabelOver(date.box, table) !== null
}

function dateLabelOver(box: Box, table: Table): HeaderLabel<ColumnRole> | null {
  const over = table.labels.filter((label) => dateRoles.has(label.role) && sharedWidth(label.box, box) > 0)
  const distance = (label: Box) => Math.abs(label.l - box.l)
  return over.toSorted((a, b) => distance(a.box) - distance(b.box))[0] ?? null
}

/** The dates of a row that stand in columns of dates, with what the header says of them. */
export function columnDates(line: MarkedLine, table: Table): { role: DateRole; date: PrintedDay }[] {
  const leading = leadingDates(line)
  if (table.dayTitles && isDayAlone(line)) return leading.map((date) => ({ role: 'date', date }))
  const isLeadingRow = leading[0] !== undefined && isInDateColumn(leading[0], table)
  return line.dates.flatMap((date) => {
    const label = dateLabelOver(date.box, table)
    const role = label && dateRoles.has(label.role) ? (label.role as DateRole) : 'date'
    // `Valor` again: over an amount it dates nothing.
    if (isLeadingRow && leading.includes(date)) return [{ role, date }]
    const isBehind = isLeadingRow && table.valueEdges.some((edge) => Math.abs(edge - date.box.l) < 0.8 * table.size)
    if (isBehind) return [{ role: 'value', date }]
    return label && date.words.length <= 3 ? [{ role, date }] : []
  })
}

/** The amounts of a line that stand in the table's columns. */
export function moneyIn(line: MarkedLine, table: Table): { column: MoneyColumn; amount: PrintedAmount }[] {
  return columnAmounts(line, table).flatMap((amount) => {
    const column = columnOf(amount.box, table.columns, 0.5 * table.size)
    return column ? [{ column, amount }] : []
  })
}

/** Whether a line follows another so closely that both can be one row. */
export function isNear(above: Line, below: Line, size: number): boolean {
  return above.page === below.page && below.box.t - above.box.b < 0.95 * size && below.box.t > above.box.t - height(above.box)
}

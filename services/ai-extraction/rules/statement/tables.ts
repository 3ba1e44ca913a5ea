import { median, type Box } from '../../layout/boxes.ts'
import { letterSize } from '../../layout/cells.ts'
import { columnsOf } from '../../layout/columns.ts'
import { headersOf, type Header, type HeaderLabel } from '../../layout/headers.ts'
import type { Line } from '../../layout/lines.ts'
import { columnNames, type ColumnRole } from './column-names.ts'
import { datesBehind, isDayAlone, isInDateColumn, leadingDates } from './date-columns.ts'
import type { MarkedLine } from './marked-lines.ts'
import { columnAmounts, named, sidesOf } from './money-columns.ts'
import { dateRoles, moneyRoles, type LineTable, type Table } from './table.ts'

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
  const tables = new Map(
    [...keys].map(([key, lines]) => [key, tableOf(lines, labels.get(key) ?? [])] as const),
  )
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
    labels: withoutTails(labels, size),
    columns: [],
    size,
    textEdge: 0,
    sides: null,
    valueEdges: [],
    dayTitles: underDays,
    dateEdges: commonEdges(
      leading.map(({ box }) => box),
      size,
      0.2,
    ),
  }
  if (labels.length === 0)
    table.valueEdges = commonEdges(rows.flatMap(datesBehind), size, 0.5).filter(
      (_, __, all) => all.length === 1,
    )
  const boxes = rows.flatMap((line) => columnAmounts(line, table).map(({ box }) => box))
  table.columns = named(columnsOf(boxes, 0.35 * size, 1), labels, size)
  table.textEdge = textEdgeOf(rows, table)
  table.sides = sidesOf(rows, table)
  return table
}

/** `Text / reference` names one column of text: what stands close behind a description is no column of its own. */
function withoutTails(labels: readonly HeaderLabel<ColumnRole>[], size: number): HeaderLabel<ColumnRole>[] {
  const isTail = ({ box, role }: HeaderLabel<ColumnRole>) =>
    (role === 'reference' || role === 'counterparty' || role === 'check') &&
    labels.some(
      (other) =>
        other.role === 'description' &&
        Math.abs(other.box.t - box.t) < size &&
        box.l > other.box.r &&
        box.l - other.box.r < 1.6 * size,
    )
  return labels.filter((label) => !isTail(label))
}

/** Left edges that at least a share as many boxes have as the commonest one. */
function commonEdges(boxes: readonly Box[], size: number, share: number): number[] {
  const columns = columnsOf(boxes, 0.4 * size, 2)
  const most = Math.max(0, ...columns.map(({ count }) => count))
  return columns
    .filter(({ count }) => count >= share * Math.max(most, share >= 0.5 ? boxes.length : 0))
    .map(({ l }) => l)
}

/** Where the text of rows begins: of those with a date in its column, else of all. */
function textEdgeOf(rows: readonly MarkedLine[], table: Table): number {
  const edges = (lines: readonly MarkedLine[]) =>
    lines.flatMap(({ text }) => (text[0] ? [text[0].box.l] : []))
  const dated = edges(rows.filter((line) => leadingDates(line).some((date) => isInDateColumn(date, table))))
  return median(dated.length > 0 ? dated : edges(rows))
}

import type { Layout } from '../../layout/layout.ts'
import type { Word } from '../../reading/page-words.ts'
import { columnsOf, figuresBy, holdsIn, arePercentDiscounts, type Columns } from './columns.ts'
import type { DecimalMark } from './figures.ts'
import type { LineTable } from './line-table.ts'
import type { PrintedFigure } from './printed-figures.ts'
import { rawLines, type RawLine } from './raw-rows.ts'
import { rowText } from './row-text.ts'
import { anchorColumn, rowAt, rowsOf } from './rows.ts'
import { isUnnamed, withUnnamed } from './unnamed-columns.ts'
import { tableEnd } from './table-end.ts'
import type { ColumnRole } from './words/column-words.ts'

/** A line of the invoice as it is printed. */
export type LineItem = {
  page: number
  lines: number[]
  position: Word[]
  code: Word[]
  description: Word[]
  date: Word[]
  unit: Word[]
  quantity?: PrintedFigure
  unitPrice?: PrintedFigure
  discount?: PrintedFigure
  discountIsPercent: boolean
  taxRate?: PrintedFigure
  taxAmount?: PrintedFigure
  amount?: PrintedFigure
  gross?: PrintedFigure
  /** Whether quantity × price − discount gives the amount. */
  holds: boolean
}

export type Items = {
  items: LineItem[]
  columns: Columns
  end: number
  roles: ColumnRole[]
  carryForwards: number[]
}

/** The lines of the invoice under one decimal mark, in the order of the pages. */
export function lineItems(layout: Layout, table: LineTable, mark: DecimalMark): Items {
  const extended = withUnnamed(layout, table, mark)
  if (extended === table) return itemsOf(layout, table, mark)
  // A column without a name counts where arithmetic gives it one.
  const { roles, columns } = itemsOf(layout, extended, mark)
  const labels = extended.labels.flatMap((label, index) => {
    const role = roles[index]
    return !isUnnamed(label) ? [label] : role && role !== 'note' ? [{ ...label, role }] : []
  })
  const { items, ...rest } = itemsOf(layout, { ...table, labels }, mark)
  return { items, ...rest, columns: { ...rest.columns, choice: rest.columns.choice ?? columns.choice } }
}

function itemsOf(layout: Layout, table: LineTable, mark: DecimalMark): Items {
  const raw = rawLines(layout, table, mark)
  const anchor = anchorColumn(table.labels, raw)
  const quantities = columnIndexes(table, ['quantity'])
  const prices = columnIndexes(table, ['unitPrice'])
  const has = (line: RawLine, indexes: readonly number[]) =>
    indexes.some((index) => index !== anchor && line.figures.has(index))
  // Tax on an amount looks like a price and its amount; a row that reads like a sum has to have a quantity too.
  const isFull = (line: RawLine, isSum: boolean) =>
    line.figures.has(anchor) &&
    line.text.length > 0 &&
    (isSum ? has(line, quantities) && has(line, prices) : has(line, [...quantities, ...prices]))
  const roles = columnsOf(table.labels, raw.filter((line) => isFull(line, false)).map(rowAt)).roles
  const { end, noRows, carryForwards } = tableEnd(layout, raw, mark, isFull, (line) =>
    holdsIn(figuresBy(line, roles)),
  )
  const inside = raw.filter((line) => line.line < end)
  const rows = rowsOf(inside, anchor, (line) => noRows.has(line)).filter(
    (row) => row.text.length > 0 || row.figures.size > 2,
  )
  const columns = columnsOf(table.labels, rows)
  const discountLabel = table.labels.find(({ role }) => role === 'discount')?.text ?? ''
  const discountIsPercent = arePercentDiscounts(
    rows.map((row) => figuresBy(row, columns.roles)),
    discountLabel,
  )
  const items = rows.map((row): LineItem => {
    const { quantity, unitPrice, discount, taxRate, taxAmount, amount, gross } = figuresBy(row, columns.roles)
    const figures = { quantity, unitPrice, discount, taxRate, taxAmount, amount, gross }
    const present = Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined))
    const by = figuresBy(row, columns.roles)
    return {
      page: row.page,
      lines: row.lines,
      ...rowText(row, table.labels),
      ...present,
      discountIsPercent,
      holds: holdsIn(by),
    }
  })
  const said = items.filter(
    (item) => item.holds || [item.position, item.code, item.description].some((words) => words.length > 0),
  )
  return { items: said, columns, end, roles: columns.roles, carryForwards: [...carryForwards] }
}

function columnIndexes(table: LineTable, roles: readonly ColumnRole[]): number[] {
  return table.labels.flatMap(({ role }, index) => (roles.includes(role) ? [index] : []))
}

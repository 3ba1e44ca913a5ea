import { boxAround, type Box } from '../../layout/boxes.ts'
import { columnOf, columnsOf, type Column } from '../../layout/columns.ts'
import type { Layout } from '../../layout/layout.ts'
import { datesIn } from './dates.ts'
import type { DecimalMark } from './figures.ts'
import type { ColumnLabel, LineTable } from './line-table.ts'
import { figuresIn, type PrintedFigure } from './printed-figures.ts'
import { totalsHits } from './totals-hits.ts'

/**
 * A table without a header that names its columns: lines of text with money at their right, over the first sum.
 * The last column of figures is that of amounts; what the others are, arithmetic has to say. Null where no line
 * is one.
 */
export function bareTable(layout: Layout, mark: DecimalMark): LineTable | null {
  const first = firstSum(layout, mark)
  const lines = layout.lines.flatMap((_, index) =>
    index < first && isRow(layout, index, mark) ? [index] : [],
  )
  const figures = lines.flatMap((line) => figuresOf(layout, line, mark))
  const columns = columnsOf(
    figures.map(({ box }) => box),
    3,
    1,
  )
  const amounts = columns.findLast((column) =>
    figures.some((figure) => figure.money && columnOf(figure.box, [column], 3)),
  )
  const rows = lines.filter(
    (line) => amounts && figuresOf(layout, line, mark).some(({ box }) => columnOf(box, [amounts], 3)),
  )
  const [from, last] = [rows[0], rows.at(-1)]
  if (!amounts || from === undefined || last === undefined) return null
  const labels = labelsOf(layout, rows, columns, amounts)
  const body = Array.from({ length: first - from }, (_, index) => from + index)
  const header = { page: layout.lines[from]?.page ?? 1, first: from, last: from - 1, labels }
  return { header, labels, body }
}

/** The first line that says a sum with its amount. */
function firstSum(layout: Layout, mark: DecimalMark): number {
  const sums = totalsHits(layout).filter(
    ({ meanings, before, words, line }) =>
      before <= 1 &&
      meanings.some(
        ({ field, clear }) =>
          (clear &&
            (field === 'net' ||
              field === 'gross' ||
              field === 'tax' ||
              field === 'due' ||
              field === 'lineSum')) ||
          field === 'net',
      ) &&
      figuresIn(layout.lines[line]?.words ?? [], mark).some(
        ({ money, box }) => money && box.l > (words.at(-1)?.box.r ?? 0) - 1,
      ),
  )
  return Math.min(...sums.map(({ line }) => line), layout.lines.length)
}

function isRow(layout: Layout, index: number, mark: DecimalMark): boolean {
  const cells = layout.cells[index] ?? []
  const figures = figuresOf(layout, index, mark)
  const text = cells[0]?.text ?? ''
  return (
    cells.length >= 2 && /\p{L}{2}/u.test(text) && figures.some(({ money }) => money) && !text.includes(':')
  )
}

/** Figures in cells of their own, dates left out. */
function figuresOf(layout: Layout, index: number, mark: DecimalMark): PrintedFigure[] {
  return (layout.cells[index] ?? []).slice(1).flatMap((cell) => {
    if (datesIn(cell.words, 'dmy').length > 0 || datesIn(cell.words, 'mdy').length > 0) return []
    const figures = figuresIn(cell.words, mark)
    return figures.length > 0 && (figures[0]?.from ?? 1) <= 1 ? figures : []
  })
}

function labelsOf(
  layout: Layout,
  rows: readonly number[],
  columns: readonly Column[],
  amounts: Column,
): ColumnLabel[] {
  const texts = rows.flatMap((line) => layout.cells[line]?.[0]?.box ?? [])
  const boxOf = ({ l, r }: Column): Box => ({ l, r, t: 0, b: 0 })
  const roles = ['quantity', 'unitPrice'] as const
  const others = columns.filter((column) => column !== amounts && column.r <= amounts.l).slice(-2)
  const named = others.map((column, index): ColumnLabel => ({
    role: roles[index + roles.length - others.length] ?? 'unitPrice',
    text: '',
    box: boxOf(column),
  }))
  return [
    { role: 'description', text: '', box: boxAround(texts) },
    ...named,
    { role: 'amount', text: '', box: boxOf(amounts) },
  ]
}

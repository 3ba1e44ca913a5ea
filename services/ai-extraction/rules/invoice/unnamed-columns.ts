import { columnsOf as columnsFormedBy } from '../../layout/columns.ts'
import type { Layout } from '../../layout/layout.ts'
import type { DecimalMark } from './figures.ts'
import { gapBetween, isNumeric, type ColumnLabel, type LineTable } from './line-table.ts'
import { figuresIn } from './printed-figures.ts'

/** What a column is called that no header names. */
const unnamed = ''

/** Whether a column was found by its figures alone. */
export const isUnnamed = (label: ColumnLabel) => label.text === unnamed && label.role === 'note'

/**
 * A table with the columns of figures that its header does not name, as where a label was not recognised, in case
 * it misses quantity, price or amount. What they hold is for arithmetic to say.
 */
export function withUnnamed(layout: Layout, table: LineTable, mark: DecimalMark): LineTable {
  const has = (...roles: string[]) => table.labels.some(({ role }) => roles.includes(role))
  if (has('quantity') && has('unitPrice') && has('amount', 'gross')) return table
  const boxes = table.body.flatMap((line) =>
    (layout.cells[line] ?? []).flatMap((cell) => {
      const [figure] = figuresIn(cell.words, mark)
      const isAlone = figure && cell.words.length <= 2 && figure.from === 0 && !figure.percent
      const isNamed =
        figure && table.labels.some((label) => isNumeric(label) && gapBetween(figure.box, label.box) === 0)
      return isAlone && !isNamed ? [figure.box] : []
    }),
  )
  const labels = columnsFormedBy(boxes, 3, 2).map(({ l, r }): ColumnLabel => ({
    role: 'note',
    text: unnamed,
    box: { l, r, t: 0, b: 0 },
  }))
  if (labels.length === 0) return table
  return { ...table, labels: [...table.labels, ...labels].toSorted((a, b) => a.box.l - b.box.l) }
}

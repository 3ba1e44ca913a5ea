import { sharedWidth } from '../../layout/boxes.ts'
import { columnOf } from '../../layout/columns.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import type { PrintedAmount } from './amounts.ts'
import type { MarkedLine } from './marked-lines.ts'
import { meaningOf } from './meaning.ts'
import type { Figure } from './parts.ts'
import type { MoneyColumn, Table } from './table.ts'

/**
 * The amounts of a line outside of rows, each with the words that name it: those before it in the
 * line, or else the cell over it, as in boxes with a row of names over a row of amounts.
 */
export function figuresIn(marked: MarkedLine, above: readonly MarkedLine[], table: Table | null): Figure[] {
  let last = ''
  const roles = new Set(marked.amounts.map((amount) => columnAt(amount, table)?.role))
  // A line that gives both sides gives sums, also where it says that it is carried forward.
  const isSums =
    roles.has('debit') && roles.has('credit') && marked.text.some(({ text }) => /\p{L}/u.test(text))
  return marked.amounts.map((amount, index) => {
    const from = marked.amounts[index - 1]?.to ?? 0
    const own = wordsBetween(marked, from, amount.from)
    const label =
      plain(own.label.map((word) => word.text).join(' ')) ||
      last ||
      labelBehind(marked, index) ||
      labelAbove(amount, above)
    last = own.label.length > 0 ? label : last
    const date =
      marked.dates.find(({ words }) => words.some((word) => own.all.includes(word))) ??
      dateAbove(amount, above)
    const column = columnAt(amount, table)
    return {
      kind: 'figure',
      page: marked.line.page,
      line: marked.index,
      label,
      amount,
      column,
      meaning: isSums && column?.role !== 'balance' ? { kind: 'total', side: null } : meaningOf(label),
      date: date ?? null,
    }
  })
}

function columnAt(amount: PrintedAmount, table: Table | null): MoneyColumn | null {
  return table ? columnOf(amount.box, table.columns, 0.5 * table.size) : null
}

function wordsBetween({ line, text }: MarkedLine, from: number, to: number): { all: Word[]; label: Word[] } {
  const all = line.words.slice(from, to)
  const inText = new Set(text)
  return { all, label: all.filter((word) => inText.has(word) && /\p{L}/u.test(word.text)) }
}

/** In tables whose amounts stand left of the text the words follow. */
function labelBehind(marked: MarkedLine, index: number): string {
  const next = marked.amounts[index + 1]?.from ?? marked.line.words.length
  const { label } = wordsBetween(marked, marked.amounts[index]?.to ?? 0, next)
  return (
    plain(label.map((word) => word.text).join(' ')) ||
    (next < marked.line.words.length ? labelBehind(marked, index + 1) : '')
  )
}

function labelAbove(amount: PrintedAmount, above: readonly MarkedLine[]): string {
  for (const line of above.toReversed()) {
    const cell = line.cells.find((cell) => sharedWidth(cell.box, amount.box) > 0)
    if (cell && /\p{L}/u.test(cell.text)) return line.amounts.length === 0 ? plain(cell.text) : ''
  }
  return ''
}

function dateAbove(
  amount: PrintedAmount,
  above: readonly MarkedLine[],
): MarkedLine['dates'][number] | undefined {
  return above.flatMap(({ dates }) => dates).find((date) => sharedWidth(date.box, amount.box) > 0)
}

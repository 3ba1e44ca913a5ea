import type { Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'
import type { Word } from '../../reading/page-words.ts'
import { datesIn } from './dates.ts'
import type { DecimalMark } from './figures.ts'
import { unitsApart } from './glued-units.ts'
import { gapBetween, isNumeric, type ColumnLabel, type LineTable } from './line-table.ts'
import { figuresIn, isCurrency, type PrintedFigure } from './printed-figures.ts'

/** A line of a table taken apart: figures by column (index of its label), and the words that are none. */
export type RawLine = {
  line: number
  page: number
  top: number
  bottom: number
  figures: Map<number, PrintedFigure>
  unit: Word[]
  text: Word[]
}

/** The lines of a table's body with their figures under the labels that they stand nearest to. */
export function rawLines(layout: Layout, table: LineTable, mark: DecimalMark): RawLine[] {
  const left = leftOfFigures(layout, table, mark)
  return table.body.flatMap((line) => {
    const printed = layout.lines[line]
    if (!printed) return []
    const words = unitsApart(printed.words, table.labels)
    const context = { table, mark, left }
    // What was read of a line before stays the same words.
    if (words.length === printed.words.length)
      return [rawLine(layout.cells[line] ?? [], line, printed, context)]
    const known = new Set(words)
    const owned = (cell: Cell) => ({ ...cell, words: words.filter((word) => isIn(word, cell)) })
    const cells = (layout.cells[line] ?? []).map((cell) =>
      cell.words.every((word) => known.has(word)) ? cell : owned(cell),
    )
    return [rawLine(cells, line, { ...printed, words }, context)]
  })
}

const isIn = ({ box }: Word, cell: Cell) => box.l >= cell.box.l - 0.1 && box.r <= cell.box.r + 0.1

type Context = { table: LineTable; mark: DecimalMark; left: number[] }

function rawLine(
  cells: readonly Cell[],
  line: number,
  printed: { page: number; words: Word[]; box: { t: number; b: number } },
  context: Context,
): RawLine {
  const raw: RawLine = {
    line,
    page: printed.page,
    top: printed.box.t,
    bottom: printed.box.b,
    figures: new Map(),
    unit: [],
    text: [],
  }
  const taken = new Set<Word>()
  const owner = new Map(cells.flatMap((cell) => cell.words.map((word) => [word, cell] as const)))
  const dates = datesIn(printed.words, 'dmy').concat(datesIn(printed.words, 'mdy'))
  for (const figure of figuresIn(printed.words, context.mark)) {
    if (dates.some(({ from, to }) => figure.from >= from && figure.from < to)) continue
    const cell = figure.words[0] && owner.get(figure.words[0])
    const column = columnFor(figure, cell, context)
    if (column < 0) continue
    if (context.table.labels[column]?.role === 'other') {
      for (const word of figure.words) taken.add(word)
      continue
    }
    // A second figure under a label is its continuation only where the first one is no money.
    const before = raw.figures.get(column)
    if (before && (before.money || !figure.money)) continue
    raw.figures.set(column, figure)
    for (const word of figure.words) taken.add(word)
    if (context.table.labels[column]?.role === 'quantity' && cell) raw.unit = unitAfter(cell, figure)
  }
  for (const word of raw.unit) taken.add(word)
  raw.text = printed.words.filter(
    (word) => !taken.has(word) && !isCurrency(word.text) && /[\p{L}\p{N}]/u.test(word.text),
  )
  return raw
}

/** The index of the label that a figure stands under, or -1 where it is part of a text. */
function columnFor(figure: PrintedFigure, cell: Cell | undefined, { table, left }: Context): number {
  const near = table.labels
    .map((label, index) => ({
      label,
      index,
      gap: gapBetween(figure.box, label.box),
      off: offset(figure, label),
    }))
    .toSorted((a, b) => a.gap - b.gap || a.off - b.off)
  const [best] = near
  if (!best || best.gap > 45) return -1
  if (best.label.role === 'other') return best.gap === 0 ? best.index : -1
  // A column that was found by its figures holds what stands in line with them.
  if (best.label.text === '') return best.gap === 0 ? best.index : -1
  if (!isNumeric(best.label)) return -1
  if (figure.percent && !['taxRate', 'discount'].includes(best.label.role)) {
    const rate = near.find(({ label, gap }) => ['taxRate', 'discount'].includes(label.role) && gap < 25)
    return rate ? rate.index : -1
  }
  const inText = cell !== undefined && beginsWithText(cell, figure)
  if (inText && (best.gap > 0 || figure.box.l < (left[best.index] ?? 0) - 6)) return -1
  return best.index
}

const offset = (figure: PrintedFigure, { box }: ColumnLabel) =>
  Math.min(Math.abs(figure.box.r - box.r), Math.abs(figure.box.l + figure.box.r - box.l - box.r) / 2)

/** Words with letters before a figure in its cell make it part of a text; a currency does not. */
function beginsWithText(cell: Cell, figure: PrintedFigure): boolean {
  const at = cell.words.findIndex((word) => word === figure.words[0])
  return cell.words
    .slice(0, Math.max(0, at))
    .some((word) => /\p{L}{2}/u.test(word.text) && !isCurrency(word.text))
}

/** How far to the left the figures of each column reach where they stand in cells of their own. */
function leftOfFigures(layout: Layout, table: LineTable, mark: DecimalMark): number[] {
  const left = table.labels.map((label) => label.box.l)
  for (const line of table.body) {
    for (const cell of layout.cells[line] ?? []) {
      const [figure] = figuresIn(cell.words, mark)
      if (!figure || figure.from > 0) continue
      const index = table.labels.findIndex(
        (label) => isNumeric(label) && gapBetween(figure.box, label.box) === 0,
      )
      if (index >= 0) left[index] = Math.min(left[index] ?? Infinity, figure.box.l)
    }
  }
  return left
}

/** The word behind a quantity: `20 Stk`, `1.00 kg`; at most two of them. */
function unitAfter(cell: Cell, figure: PrintedFigure): Word[] {
  const at = cell.words.findIndex((word) => word === figure.words.at(-1))
  const words = cell.words.slice(at + 1, at + 3)
  const end = words.findIndex(
    (word) => !/^[\p{L}(]/u.test(word.text) || isCurrency(word.text) || word.text.length > 12,
  )
  return end < 0 ? words : words.slice(0, end)
}

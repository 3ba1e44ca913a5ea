import { sharedWidth } from '../../layout/boxes.ts'
import type { Word } from '../../reading/page-words.ts'
import type { ColumnRole } from './column-names.ts'
import type { Row } from './parts.ts'
import { sideOf } from './money-columns.ts'

/** The words of a row besides its dates and amounts, by lines, and those of columns of their own. */
export type RowText = { description: Word[][]; counterparty: Word[]; reference: Word[]; check: Word[] }

const own = {
  counterparty: 'counterparty',
  reference: 'reference',
  check: 'check',
  number: 'number',
  currency: 'number',
  side: 'number',
} as const satisfies Partial<Record<ColumnRole, string>>

/** Sorts the words of a row into its columns of text. A row without a description has its other texts for one. */
export function rowTextOf(row: Row): RowText {
  const used = new Set([
    ...row.dates.flatMap(({ date }) => date.words),
    ...row.money.flatMap(({ amount }) => amount.words),
  ])
  const text: RowText = { description: [], counterparty: [], reference: [], check: [...row.check] }
  for (const { line, index } of row.lines) {
    const words = line.words.filter(
      (word) => !used.has(word) && !isSide(word, row) && !isCount(word, row, index),
    )
    const description: Word[] = []
    for (const word of words) {
      const kind = kindOf(word, row)
      if (kind === null || kind === 'counterparty') description.push(word)
      if (kind !== null && kind !== 'number') text[kind].push(word)
    }
    if (description.length > 0) text.description.push(description)
  }
  const rest = text.check.length > 0 ? text.check : text.reference
  return text.description.length === 0 && rest.length > 0 ? { ...text, description: [rest] } : text
}

/** Which column of its own a word stands in: labels begin where their column does, or stand over its middle. */
function kindOf(word: Word, { table }: Row): (typeof own)[keyof typeof own] | null {
  const labels = table.labels.filter(({ role }) => role in own)
  if (labels.length === 0) return null
  const over = table.labels.find((label) => sharedWidth(label.box, word.box) > 0)
  if (over) return over.role in own ? own[over.role as keyof typeof own] : null
  const before = table.labels
    .filter((label) => label.box.l <= word.box.l + 2)
    .toSorted((a, b) => b.box.l - a.box.l)[0]
  return before && before.role in own ? own[before.role as keyof typeof own] : null
}

function isSide(word: Word, { side, table }: Row): boolean {
  return (
    side !== null &&
    table.sides !== null &&
    word.box.l < table.sides.r + 2 &&
    word.box.r > table.sides.l - 2 &&
    sideOf(word.text) === side
  )
}

/** A number left of the date counts the rows. */
function isCount(word: Word, row: Row, index: number): boolean {
  const date = row.dates[0]?.date.words[0]
  return (
    index === row.line &&
    row.check.length === 0 &&
    date !== undefined &&
    word.box.r <= date.box.l &&
    Math.abs(word.box.t - date.box.t) < 3 &&
    /^[\d#*.:]+$/.test(word.text) &&
    row.table.columns.length > 0 &&
    row.section === null
  )
}

import type { Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'
import type { Line } from '../../layout/lines.ts'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import { amountsOf, amountStyleOf, type PrintedAmount } from './amounts.ts'
import { datesOf, type PrintedDay } from './dates.ts'
import { meaningOf, type Meaning } from './meaning.ts'

/** A line with all that its words may be: amounts, dates, and what the rest of the text says. */
export type MarkedLine = {
  index: number
  line: Line
  cells: Cell[]
  amounts: PrintedAmount[]
  dates: PrintedDay[]
  /** The words that are neither. */
  text: Word[]
  meaning: Meaning
}

/** So many words stand in no line of a statement; a bound for what a hostile page may cost. */
const mostWords = 300

export function markedLines(layout: Layout): MarkedLine[] {
  const style = amountStyleOf(layout.lines)
  return layout.lines.map((line, index) => {
    const cells = layout.cells[index] ?? []
    if (line.words.length > mostWords)
      return { index, line, cells, amounts: [], dates: [], text: line.words, meaning: { kind: 'text' } }
    const dates = datesOf(cells)
    const inDate = new Set(dates.flatMap(({ words }) => words))
    // `03.04` and `12.05` are dates where a date stands, and amounts elsewhere: both stay possible.
    const amounts = amountsOf(line, style).filter(({ words }) => !isWholeDate(words, dates))
    const inAmount = new Set(amounts.flatMap(({ words }) => words))
    const text = line.words.filter((word) => !inDate.has(word) && !inAmount.has(word))
    const meaning = meaningOf(plain(text.map((word) => word.text).join(' ')))
    return { index, line, cells, amounts, dates, text, meaning }
  })
}

/** Part of a date that has a year, or that ends with a dot as only dates do. */
function isWholeDate(words: readonly Word[], dates: readonly PrintedDay[]): boolean {
  return dates.some(
    (date) =>
      words.every((word) => date.words.includes(word)) &&
      (date.words.length > words.length || /^\d{2}[./-]\d{2}[./-]/.test(date.raw)),
  )
}

import type { Word } from '../../reading/page-words.ts'
import { datesIn } from './dates.ts'
import { type ColumnLabel } from './line-table.ts'
import type { Row } from './rows.ts'

/** The words of a row by what they are. */
export type RowText = { position: Word[]; code: Word[]; description: Word[]; date: Word[]; unit: Word[] }

/**
 * Sorts the words of a row that are no figures under the labels of text. Words belong to the last label that
 * begins left of them; what cannot be a number or code there is the description, whose label may be set in its
 * middle.
 */
export function rowText(row: Row, labels: readonly ColumnLabel[]): RowText {
  const text: RowText = { position: [], code: [], description: [], date: [], unit: [...row.unit] }
  const starts = labels.filter(({ role }) =>
    ['position', 'code', 'description', 'date', 'unit'].includes(role),
  )
  const firstNumber = labels.find(
    ({ role, box }) =>
      ['quantity', 'unitPrice', 'amount'].includes(role) &&
      box.l > (starts.find((label) => label.role === 'description')?.box.l ?? 0),
  )
  for (const words of row.text) {
    if (text.description.length > 0 && isAttribute(words)) continue
    for (const [index, word] of words.entries())
      placeWord(word, { index, words, starts, text, limit: firstNumber?.box.l ?? Infinity })
  }
  return text
}

/** `Serial number: 123` under a description tells more of the article than its name. */
function isAttribute(words: readonly Word[]): boolean {
  return words.slice(0, 3).some((word) => word.text.endsWith(':') || word.text.startsWith(':'))
}

type Spot = {
  index: number
  words: readonly Word[]
  starts: readonly ColumnLabel[]
  text: RowText
  limit: number
}

function placeWord(word: Word, { index, words, starts, text, limit }: Spot): void {
  const label = starts.filter(({ box }) => box.l <= word.box.l + 6).at(-1) ?? starts[0]
  const isFirst = index === 0
  const hasPosition = starts.some(({ role }) => role === 'position')
  if (
    isFirst &&
    text.description.length === 0 &&
    text.position.length === 0 &&
    /^\d{1,4}[.):]?$/.test(word.text)
  ) {
    // A number in front of everything is the position, whether its column has a label or not.
    if (hasPosition || words.length > 1) return void text.position.push(word)
  }
  if (label?.role === 'date' && datesIn([word], 'dmy').length > 0) return void text.date.push(word)
  if (label?.role === 'unit' && word.box.l > (starts.find(({ role }) => role === 'description')?.box.l ?? 0))
    return void text.unit.push(word)
  if (label?.role === 'code' && text.code.length === 0 && isCode(word, words))
    return void text.code.push(word)
  if (label?.role === 'code' && isUnderOther(word, starts)) return
  if (word.box.l > limit + 4) return
  text.description.push(word)
}

/** A code has digits or no neighbour close by. */
function isCode(word: Word, words: readonly Word[]): boolean {
  if (/\d/.test(word.text)) return true
  const next = words[words.indexOf(word) + 1]
  return next === undefined || next.box.l - word.box.r > 8
}

/** More text of a column of codes beside a column of descriptions: further numbers of the article. */
function isUnderOther(word: Word, starts: readonly ColumnLabel[]): boolean {
  const description = starts.find(({ role }) => role === 'description')
  return description !== undefined && word.box.r <= description.box.l
}

import type { AnyField } from '@pdf-smaller/contracts/extraction'
import { amountReadings, dayOf, findDates, foldedLetters, plain } from '@pdf-smaller/extraction'
import { linesOf } from '../layout/lines.ts'
import type { PageWords } from './page-words.ts'

/** What stands on pages, in whatever way it is written there. */
export type ValuesOnPages = { have: (field: Pick<AnyField, 'value'>) => boolean }

/** Takes up all amounts, days and texts of pages, so that values of another source can be looked for. */
export function valuesOnPages(pages: readonly PageWords[]): ValuesOnPages {
  const [amounts, days] = [new Set<string>(), new Set<string>()]
  let letters = ''
  for (const line of pages.flatMap(linesOf)) {
    letters += foldedLetters(line.text)
    for (const date of findDates(line.text))
      for (const reading of date.readings) days.add(dayOf(reading) ?? '')
    for (const { text } of line.words)
      for (const { value } of amountReadings(text)) amounts.add(positive(value))
  }
  return {
    have: ({ value }) => {
      if (typeof value === 'number') return amounts.has(String(value))
      if (typeof value !== 'string') return amounts.has(positive(value.amount))
      return (
        days.has(value) ||
        amounts.has(positive(value)) ||
        (foldedLetters(value) !== '' && letters.includes(foldedLetters(value)))
      )
    },
  }
}

const positive = (value: string) => (/^-?\d+(\.\d+)?$/.test(value) ? plain(value).replace('-', '') : value)

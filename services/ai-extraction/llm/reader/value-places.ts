import {
  amountReadings,
  type DateReading,
  dayOf,
  dayWithin,
  type DecimalMark,
  findDates,
  inOrder,
  plain,
} from '@pdf-smaller/extraction'
import { wordsAt } from '../../layout/words-at.ts'
import type { Word } from '../../reading/page-words.ts'
import type { DateOrder } from './conventions.ts'
import type { Found } from './places.ts'
import type { TextLine } from './text-lines.ts'

/** How the days of a document are read: the order of their numbers, and what those without a year lie in. */
export type DayReading = { order: DateOrder; period: { from: string; to: string } | undefined }

/** Finds amounts and days by what they say: models write them in ways of their own, whatever they are told. */
export type ValuePlaces = {
  /** @param value a decimal; its sign does not count */
  amount: (value: string, mark: DecimalMark, within?: readonly TextLine[]) => Found[]
  day: (day: string, how: DayReading, within?: readonly TextLine[]) => Found[]
}

type Placed = { line: TextLine; found: Found }
type Amount = Placed & { mark: DecimalMark | null }
type Dated = Placed & { readings: DateReading[] }

/** Indexes all amounts and days of a document once. */
export function openValuePlaces(lines: readonly TextLine[]): ValuePlaces {
  const amounts = new Map<string, Amount[]>()
  for (const line of lines) {
    for (const word of line.words) {
      for (const { value, mark } of amountReadings(word.text)) {
        const placed = { line, mark, found: foundAt(line, [word]) }
        const known = amounts.get(positive(value))
        if (known) known.push(placed)
        else amounts.set(positive(value), [placed])
      }
    }
  }
  const dates = lines.flatMap(datesOn)
  return {
    amount: (value, mark, within) => {
      const all = amounts.get(positive(value)) ?? []
      return inLines(
        all.filter((each) => each.mark === null || each.mark === mark),
        within,
      )
    },
    day: (day, how, within) =>
      inLines(
        dates.filter(({ readings }) => dayIn(readings, how) === day),
        within,
      ),
  }
}

export function dayIn(readings: DateReading[], { order, period }: DayReading): string | undefined {
  const reading = inOrder(readings, order)
  if (!reading) return undefined
  return dayOf(reading) ?? (period ? dayWithin(reading, period) : undefined)
}

const positive = (value: string) => plain(value).replace('-', '')

const inLines = (placed: readonly Placed[], within: readonly TextLine[] | undefined) =>
  placed.filter(({ line }) => !within || within.includes(line)).map(({ found }) => found)

function datesOn(line: TextLine): Dated[] {
  const text = line.words.map((word) => word.text).join(' ')
  return findDates(text).flatMap(({ start, end, readings }) => {
    const words = wordsAt(line.words, start, end)
    return words.length > 0 ? [{ line, readings, found: foundAt(line, words) }] : []
  })
}

/** The words of a line that stand between two places of its text. */
const foundAt = ({ page }: TextLine, words: Word[]): Found => ({
  page,
  words,
  reader: Math.min(...words.map(({ confidence }) => confidence)),
})

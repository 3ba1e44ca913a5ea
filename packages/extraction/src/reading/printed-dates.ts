import type { Day } from '@pdf-smaller/contracts/extraction'
import { monthOf } from './months.ts'

/** How numbers of a date follow each other; `named` where the month is a word, so that nothing is open. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd' | 'named'

/** What a printed date says in one order of its numbers. */
export type DateReading = {
  order: DateOrder
  /** Null where it is not printed. */
  year: number | null
  month: number
  day: number
}

/** A date in a text: from `start` to before `end`, with all that it may say (`03/04/2025`: two readings). */
export type PrintedDate = { start: number; end: number; raw: string; readings: DateReading[] }

const mark = String.raw`[./\-\u2010-\u2013]`
const year = String.raw`(\d{4}|\d{2})`
const letters = String.raw`\p{L}{3,12}`
/** Nor behind the beginning of a number with hyphens, such as one of a telephone. */
const notInNumber = String.raw`(?<![\p{L}\d]|\d[.,/]|\d-(?=\d{1,2}-\d))`
const notGoingOn = String.raw`(?![\p{L}\d]|[.,/\-]\d)`
const pattern = (body: string) => new RegExp(notInNumber + body + notGoingOn, 'giu')

/** `2025-01-31`, also with a time behind. */
const iso = new RegExp(String.raw`${notInNumber}(\d{4})(${mark})(\d{1,2})\2(\d{1,2})(?!\d|[.,/\-]\d)`, 'giu')
/** A range may follow (`01.03.2025-31.03.2025`), but no other number of the same. */
const numeric = new RegExp(
  String.raw`${notInNumber}(\d{1,2})(${mark}) ?(\d{1,2})\2 ?${year}(?![\p{L}\d]|[.,/]\d|\2\d)`,
  'giu',
)
const spaced = pattern(String.raw`(\d{2}) (\d{2}) (\d{4})`)
const dayMonth = pattern(String.raw`(\d{1,2})([./\-])(\d{1,2})\.?`)
/** `31. Januar 2025`, `1er janvier 2025`, `31-Jan-25`, `1º de enero de 2025`. */
const dayFirst = pattern(
  String.raw`(\d{1,2})(?:\.|er|º|°|ª|st|nd|rd|th)?[ \-.]{0,2}(?:de |d')?(${letters})\.?,?(?:[ \-.]{0,2}(?:de |del )?(\d{4}|'?\d{2}(?![ ]?[.,:]?\d)))?`,
)
/** `January 31, 2025`, `Jan 31`. */
const monthFirst = pattern(String.raw`(${letters})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?`)

/** Every date in a line of text, in order; where two overlap the longer one. */
export function findDates(text: string): PrintedDate[] {
  const line = text.slice(0, longestLine).replaceAll(/[\u00A0\u2000-\u200A\u202F\t]/g, ' ')
  const found = shapes.flatMap(({ shape, read }) =>
    [...line.matchAll(shape)].flatMap((match) => {
      const readings = read(match).filter(isDay)
      const start = match.index
      return readings.length > 0 ? [{ start, end: start + match[0].length, raw: match[0], readings }] : []
    }),
  )
  return withoutOverlaps(found)
}
const longestLine = 2000

/** What a text says as a date by itself; nothing where it is none or has more in it. */
export function dateReadings(text: string): DateReading[] {
  const trimmed = text.trim().replace(/[,;:]$/, '')
  return findDates(trimmed).find(({ raw }) => raw.length === trimmed.length)?.readings ?? []
}

/** The reading in a given order; a date with a named month, or with its year first, says the same in all. */
export function inOrder(readings: DateReading[], order: 'dmy' | 'mdy'): DateReading | undefined {
  return readings.find((reading) => ['named', 'ymd', order].includes(reading.order))
}

/** @returns undefined where the reading has no year */
export function dayOf({ year, month, day }: DateReading): Day | undefined {
  return year === null ? undefined : iso8601(year, month, day)
}

/**
 * A day without a year as the one that lies in a period, or else nearest to it, as statements that go over New Year
 * print only days and months.
 */
export function dayWithin({ month, day }: DateReading, period: { from: Day; to: Day }): Day | undefined {
  const [first, last] = [Number(period.from.slice(0, 4)), Number(period.to.slice(0, 4))]
  const candidates: Day[] = []
  for (let year = first - 1; year <= Math.min(last, first + 3) + 1; year++) {
    if (isDay({ year, month, day })) candidates.push(iso8601(year, month, day))
  }
  return candidates.sort((a, b) => outside(a, period) - outside(b, period))[0]
}

/** How many days a day lies outside a period. */
export function outside(day: Day, { from, to }: { from: Day; to: Day }): number {
  return Math.max(0, daysBetween(day, from), daysBetween(to, day))
}

/** Days from a to b; negative where b is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000)
}

type Shape = { shape: RegExp; read: (match: RegExpExecArray) => DateReading[] }
const shapes: Shape[] = [
  { shape: iso, read: ([, y, , m, d]) => [reading('ymd', y, m, d)] },
  { shape: numeric, read: ([, a, , b, y]) => bothOrders(a, b, y) },
  { shape: spaced, read: ([, a, b, y]) => bothOrders(a, b, y) },
  { shape: dayMonth, read: ([, a, , b]) => bothOrders(a, b) },
  { shape: dayFirst, read: ([, d, name, y]) => named(d, name, y) },
  { shape: monthFirst, read: ([, name, d, y]) => named(d, name, y) },
]

function bothOrders(a = '', b = '', y?: string): DateReading[] {
  return [reading('dmy', y, b, a), reading('mdy', y, a, b)]
}

function named(d: string | undefined, name = '', y?: string): DateReading[] {
  const month = monthOf(name)
  return month === undefined ? [] : [reading('named', y?.replace("'", ''), String(month), d)]
}

function reading(order: DateOrder, y: string | undefined, m = '', d = ''): DateReading {
  return { order, year: y === undefined ? null : fourDigits(y), month: Number(m), day: Number(d) }
}

/** Two digits are a year of this century, from 80 on one of the last. */
function fourDigits(y: string): number {
  if (y.length === 4) return Number(y)
  return Number(y) + (Number(y) < 80 ? 2000 : 1900)
}

function isDay({ year, month, day }: Omit<DateReading, 'order'>): boolean {
  // A year that has a 29 February, where none is known.
  const y = year ?? 2000
  if (y < 1900 || y > 2199 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(y, month, 0)).getUTCDate()
}

function iso8601(year: number, month: number, day: number): Day {
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join(
    '-',
  )
}

function withoutOverlaps(found: PrintedDate[]): PrintedDate[] {
  const byLength = found.toSorted((a, b) => b.end - b.start - (a.end - a.start))
  const kept: PrintedDate[] = []
  for (const date of byLength) {
    if (kept.every((other) => date.end <= other.start || date.start >= other.end)) kept.push(date)
  }
  return kept.sort((a, b) => a.start - b.start)
}

import type { Choice, Day } from '@pdf-smaller/contracts/extraction'
import { dayOf, dayWithin, daysBetween, inOrder, outside, type DateReading } from '@pdf-smaller/extraction'
import type { PrintedDay } from './dates.ts'
import type { MarkedLine } from './marked-lines.ts'
import type { Row } from './parts.ts'

export type DateOrder = 'dmy' | 'mdy'
export type Span = { from: Day; to: Day }

/** The order of day and month, one for the document, and what it rests on. */
export function dateOrderOf(
  dates: readonly PrintedDay[],
  rows: readonly Row[],
  periods: Readonly<Record<DateOrder, Span | null>>,
  currency: string | null,
): { order: DateOrder; choice: Choice | null } {
  const open = dates.filter(({ readings }) =>
    readings.some(({ order }) => order === 'dmy' || order === 'mdy'),
  )
  if (open.length === 0) return { order: 'dmy', choice: null }
  const only = { dmy: onlyIn(open, 'dmy'), mdy: onlyIn(open, 'mdy') }
  const say = (order: DateOrder, because: string) => ({
    order,
    choice: {
      name: 'date-order' as const,
      chosen: order,
      because,
      alternatives: [order === 'dmy' ? 'mdy' : 'dmy'],
    },
  })
  if (only.dmy !== only.mdy) {
    const order = only.dmy > only.mdy ? 'dmy' : 'mdy'
    return say(
      order,
      `${Math.max(only.dmy, only.mdy)} dates exist in this order alone, ${Math.min(only.dmy, only.mdy)} in the other`,
    )
  }
  const turns = { dmy: turnsIn(rows, 'dmy'), mdy: turnsIn(rows, 'mdy') }
  if (turns.dmy !== turns.mdy) {
    return say(turns.dmy < turns.mdy ? 'dmy' : 'mdy', 'the rows follow each other in time')
  }
  const inside = { dmy: insideOf(rows, 'dmy', periods.dmy), mdy: insideOf(rows, 'mdy', periods.mdy) }
  if (inside.dmy !== inside.mdy) {
    return say(inside.dmy > inside.mdy ? 'dmy' : 'mdy', 'the rows lie in the period of the statement')
  }
  return say(
    currency === 'USD' ? 'mdy' : 'dmy',
    `nothing but the currency${currency ? ` ${currency}` : ''} speaks for an order`,
  )
}

function onlyIn(dates: readonly PrintedDay[], order: DateOrder): number {
  return dates.filter(({ readings }) => readings.length === 1 && readings[0]?.order === order).length
}

/** How many rows lie in the period, as both are read in this order. */
function insideOf(rows: readonly Row[], order: DateOrder, period: Span | null): number {
  if (!period) return 0
  return rows.filter(({ dates }) => {
    const day = dates[0] && dayIn(dates[0].date, order, period)
    return day !== undefined && outside(day, period) === 0
  }).length
}

/** How often rows turn back in time. */
function turnsIn(rows: readonly Row[], order: DateOrder): number {
  const days = rows.flatMap(({ dates }) => {
    const reading = dates[0] && inOrder(dates[0].date.readings, order)
    return reading ? [(reading.year ?? 0) * 372 + reading.month * 31 + reading.day] : []
  })
  const steps = days.slice(1).map((day, index) => day - (days[index] ?? day))
  return Math.min(steps.filter((step) => step < 0).length, steps.filter((step) => step > 0).length)
}

/** The day that a printed date says; one without a year lies in the span, or nearest to it. */
export function dayIn({ readings }: PrintedDay, order: DateOrder, span: Span | null): Day | undefined {
  const reading = inOrder(readings, order)
  if (!reading) return undefined
  return dayOf(reading) ?? (span ? dayWithin(reading, span) : undefined)
}

/**
 * The time that dates without a year can lie in where the document does not say its period: a
 * year up to its latest full date outside of rows.
 */
export function spanBefore(lines: readonly MarkedLine[], order: DateOrder): Span | null {
  const days = lines.flatMap(({ dates }) => dates.flatMap((date) => dayIn(date, order, null) ?? []))
  const to = days.toSorted().at(-1)
  if (!to) return null
  const from = new Date(Date.parse(to) - 340 * 86_400_000).toISOString().slice(0, 10)
  return { from, to }
}

/** The year that the lines outside of rows name most, where nothing says more. */
export function yearNamed(lines: readonly MarkedLine[]): Span | null {
  const years = lines.flatMap(({ line }) => line.text.match(/(?<![\d.,])(?:19|20)\d{2}(?![\d.,])/g) ?? [])
  const [most] = [...Map.groupBy(years, (year) => year)].toSorted((a, b) => b[1].length - a[1].length)
  return most ? { from: `${most[0]}-01-01`, to: `${most[0]}-12-31` } : null
}

/** A date without year at the beginning of a period has the year of its end, or the one before. */
export function spanOf(first: DateReading, last: DateReading): Span | null {
  const to = dayOf(last)
  if (!to) return null
  const year = first.year ?? Number(to.slice(0, 4)) - (first.month > last.month ? 1 : 0)
  const from = dayOf({ ...first, year })
  if (!from) return null
  const days = daysBetween(from, to)
  return days > 0 && days <= 400 ? { from, to } : null
}

import { daysBetween, inOrder, monthOf } from '@pdf-smaller/extraction'
import { plain } from '../../layout/plain-text.ts'
import type { Word } from '../../reading/page-words.ts'
import type { DateOrder, Span } from './calendar.ts'
import { spanOf } from './calendar.ts'
import { datesOf, type PrintedDay } from './dates.ts'
import type { MarkedLine } from './marked-lines.ts'

export type Period = {
  span: Span
  from: PrintedDay
  to: PrintedDay
  page: number
  toPage: number
  /** `none`: a month that is named without days. */
  label: 'exact' | 'near' | 'none'
}

const labels =
  /(^| )(period|periode|periodo|zeitraum|abrechnungszeitraum|statement|kontoauszug|releve|extrait|extracto|estratto|extrato|afschrift|movimenti|movimientos|movimentos|mouvements|umsatze|transactions|activity|from|vom|von|du|del|dal|desde|van|de|for|between|entre|billing cycle)( |$)/
const between =
  /^(to|bis|bis zum|bis einschliesslich|au|al|a|ate|tot|tot en met|t e m|t m|t|m|through|thru|until|till|and|hasta|y|e|en met|)$/

/** The time that the statement is about: two dates that stand together, one as the other's end. */
export function periodOf(lines: readonly MarkedLine[], order: DateOrder): Period | null {
  const found = lines.flatMap((line) => periodsIn(line, order))
  const named = found.filter(({ label }) => label === 'exact')
  const first = named[0] ?? found[0]
  return first ? named.reduce(continued, first) : (periodInTwo(lines, order) ?? monthNamed(lines))
}

/** Statements of several months in one file are one, where each begins as the one before ends. */
function continued(period: Period, next: Period): Period {
  const gap = daysBetween(period.span.to, next.span.from)
  if (gap < 0 || gap > 2) return period
  return { ...period, span: { from: period.span.from, to: next.span.to }, to: next.to, toPage: next.page }
}

function periodsIn(line: MarkedLine, order: DateOrder): Period[] {
  return line.dates.slice(1).flatMap((to, index) => {
    const from = line.dates[index]
    if (!from || line.amounts.length > 2) return []
    const period = read(from, to, order)
    if (!period) return []
    const words = line.line.words
    const [start, end] = [placeOf(from, words), placeOf(to, words)]
    const middle = plain(
      words
        .slice(start + from.words.length, end)
        .map(({ text }) => text)
        .join(' '),
    )
    if (!between.test(middle)) return []
    const before = plain(
      words
        .slice(Math.max(0, start - 6), start)
        .map(({ text }) => text)
        .join(' '),
    )
    const label = labels.test(before) || middle !== '' ? ('exact' as const) : ('near' as const)
    return [{ span: period, from, to, page: line.line.page, toPage: line.line.page, label }]
  })
}

const placeOf = (date: PrintedDay, words: readonly Word[]) =>
  words.findIndex((word) => word === date.words[0])

function read(from: PrintedDay, to: PrintedDay, order: DateOrder): Span | null {
  const [first, last] = [inOrder(from.readings, order), inOrder(to.readings, order)]
  return first && last ? spanOf(first, last) : null
}

const beginning =
  /(^| )(from|start|start date|period start|begin|beginn|von|vom|du|debut|desde|dal|inizio|van|de|inicio|date from|from date)$/
const end = /(^| )(to|end|end date|period end|ende|bis|au|fin|hasta|al|fine|tot|t m|ate|a|date to|to date)$/

/** `From:` and `To:` with a date each, near each other. */
function periodInTwo(lines: readonly MarkedLine[], order: DateOrder): Period | null {
  const named = lines
    .slice(0, 80)
    .flatMap((line) =>
      line.cells.flatMap((cell) =>
        datesOf([cell]).map((date) => ({ date, line, before: plain(textBefore(line, date)) })),
      ),
    )
  for (const first of named.filter(({ before }) => beginning.test(before))) {
    const last = named.find(
      (other) =>
        end.test(other.before) &&
        other.line.index >= first.line.index &&
        other.line.index <= first.line.index + 2,
    )
    const span = last && read(first.date, last.date, order)
    if (span)
      return {
        span,
        from: first.date,
        to: last.date,
        page: first.line.line.page,
        toPage: first.line.line.page,
        label: 'exact',
      }
  }
  return null
}

function textBefore({ line }: MarkedLine, date: PrintedDay): string {
  const at = line.words.findIndex((word) => word === date.words[0])
  return line.words
    .slice(Math.max(0, at - 3), at)
    .map(({ text }) => text)
    .join(' ')
}

/** `Statement for March 2025`: all of the month, where a word of the line says that it is about that. */
function monthNamed(lines: readonly MarkedLine[]): Period | null {
  for (const { line, dates } of lines.slice(0, 60)) {
    const at = line.words.findIndex(({ text }) => /\p{L}{3}/u.test(text) && monthOf(text) !== undefined)
    const [name, ...behind] = line.words.slice(at)
    const year = behind.slice(0, 2).find(({ text }) => /^(19|20)\d{2}[.,]?$/.test(text))
    if (
      at < 0 ||
      !name ||
      !year ||
      dates.some(({ words }) => words.includes(name)) ||
      !labels.test(plain(line.text))
    )
      continue
    const [month, of] = [monthOf(name.text) ?? 1, Number(year.text.slice(0, 4))]
    const day = (date: Date) => date.toISOString().slice(0, 10)
    const span = {
      from: day(new Date(Date.UTC(of, month - 1, 1))),
      to: day(new Date(Date.UTC(of, month, 0))),
    }
    const printed: PrintedDay = {
      raw: `${name.text} ${year.text}`,
      words: [name, year],
      box: name.box,
      readings: [],
    }
    return { span, from: printed, to: printed, page: line.page, toPage: line.page, label: 'none' }
  }
  return null
}

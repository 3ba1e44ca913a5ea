import type { Choice } from '@pdf-smaller/contracts/extraction'
import type { Layout } from '../../layout/layout.ts'
import { exponentOf, findDates } from '@pdf-smaller/extraction'
import type { DateOrder } from './dates.ts'
import { otherMark, type DecimalMark } from './figures.ts'
import { lineItems, type Items } from './line-items.ts'
import { foreignLines, mainCurrency } from './currency.ts'
import { bareTable } from './bare-table.ts'
import { lineTable, tableHeaders, type TableHeader } from './line-table.ts'
import { rateOfLines, taxRows, completed, type TaxRow } from './taxes.ts'
import type { PrintedFigure } from './printed-figures.ts'
import { looseAmounts, paymentLines } from './other-amounts.ts'
import { totalsCandidates, type TotalsCandidate } from './totals-candidates.ts'
import type { Totals } from './sums.ts'
import { solveTotals } from './totals.ts'

/** The figures of a document under one decimal mark. `score` says how well they fit each other. */
export type Reading = {
  mark: DecimalMark
  items: Items
  candidates: TotalsCandidate[]
  rates: TaxRow[]
  totals: Totals | null
  score: number
}

/** The reading whose sums hold best, and why; the mark is chosen for the whole document. */
export function bestReading(layout: Layout): { reading: Reading; choice: Choice } {
  const shapes = marksIn(layout)
  const currency = mainCurrency(layout)
  const [first, second] = ([',', '.'] as const)
    .map((mark) => readUnder(layout, mark, shapes))
    .map((reading) => ({ ...reading, score: reading.score + decimalsFit(reading, currency) }))
    .toSorted((a, b) => b.score - a.score) as [Reading, Reading]
  const isOpen = isUndecided(first, second, shapes, currency)
  const [held, other] = [heldBy(first), heldBy(second)]
  const because =
    held > other
      ? `${held} of the document's sums hold with it, ${other} with the other`
      : `${shapes[first.mark]} amounts are written so, ${shapes[second.mark]} the other way`
  return {
    reading: first,
    choice: {
      name: 'decimal-mark',
      chosen: first.mark,
      because,
      alternatives: [second.mark],
      ...(isOpen ? { undecided: true as const } : {}),
    },
  }
}

/** More than any sums can weigh: what the currency cannot be is no reading. */
const inadmissible = -1000

/** Whether the sums have as many decimals as their currency (ISO 4217): `1,234 JPY` is no fraction, `1,234 KWD` is one. */
function decimalsFit({ totals }: Reading, currency: string | null): number {
  const figures = sumsOf(totals)
  if (figures.length === 0 || currency === null) return 0
  const decimals = exponentOf(currency)
  if (figures.some((figure) => figure.decimals > decimals)) return inadmissible
  // With mils three digits behind the only mark are no thousands.
  if (decimals === 3 && figures.every((figure) => isTriple(figure) && figure.decimals === 0))
    return inadmissible
  return totals?.gross?.candidate?.figure.decimals === decimals ? 1 : 0
}

const sumsOf = (totals: Totals | null) =>
  [totals?.gross, totals?.due, totals?.net, totals?.tax, totals?.lineSum].flatMap(
    (sum) => sum?.candidate?.figure ?? [],
  )

/** `1,234` says one thing with each mark. */
const isTriple = ({ words }: PrintedFigure) => words.some(({ text }) => /^\D*\d{1,3}[.,]\d{3}\D*$/.test(text))

/**
 * Whether the sums say another thing under the other mark and only they themselves speak for this one: sums of whole
 * thousands hold as well where each is a thousandth.
 */
function isUndecided(
  first: Reading,
  second: Reading,
  shapes: Record<DecimalMark, number>,
  currency: string | null,
): boolean {
  const [own, other] = [sumsOf(first.totals), sumsOf(second.totals)]
  const says = (figures: readonly PrintedFigure[]) => figures.map(({ units }) => units).join()
  if (own.length === 0 || other.length === 0 || says(own) === says(other)) return false
  if (decimalsFit(first, currency) < 0) return true
  if (decimalsFit(second, currency) < 0 || shapes[first.mark] !== shapes[second.mark]) return false
  return shapes[first.mark] === 0 ? own.every(isTriple) : heldBy(first) === heldBy(second)
}

const heldBy = ({ totals, items }: Reading) =>
  (totals?.checked ?? 0) + items.items.filter((item) => item.holds).length

const nothing: Items = {
  items: [],
  columns: { roles: [], choice: null },
  end: 0,
  roles: [],
  carryForwards: [],
}

function readUnder(layout: Layout, mark: DecimalMark, shapes: Record<DecimalMark, number>): Reading {
  const headers = tableHeaders(layout)
  const table = lineTable(layout, headers)
  const named = table ? lineItems(layout, table, mark) : nothing
  const read = (items: Items) => readSums(layout, headers, items, mark)
  const first = read(named)
  // Lines without a header are believed only where the sums bear them out.
  const bare = named.items.length === 0 ? bareTable(layout, mark) : null
  const second = bare && read(lineItems(layout, bare, mark))
  const best = second && second.totals !== null && second.totals.includeTax !== null ? second : first
  const all = shapes[mark] + shapes[otherMark(mark)]
  const { items, totals } = best
  const score =
    (totals?.score ?? 0) +
    items.items.filter((item) => item.holds).length +
    (all > 0 ? (6 * shapes[mark]) / all : 0)
  return { mark, ...best, score }
}

function readSums(layout: Layout, headers: readonly TableHeader[], items: Items, mark: DecimalMark) {
  const rows = new Set(items.items.flatMap((item) => item.lines))
  const candidates = totalsCandidates(layout, mark)
  const rates = taxRows(layout, headers, candidates, mark, (line) => rows.has(line))
  const end = Number.isFinite(items.end) ? items.end : Math.max(0, ...rows)
  const totals = solveTotals(candidates, items.items, end, {
    rates,
    payments: paymentLines(layout, mark, end),
    loose: looseAmounts(layout, mark, rows),
    isForeign: foreignLines(layout),
  })
  const nets = [totals?.net?.candidate?.figure, totals?.lineSum?.candidate?.figure]
  const all = rateOfLines(rates, items.items, totals?.tax?.candidate)
  return { items, candidates, rates: completed(all, nets, totals?.tax?.candidate?.figure), totals }
}

/** How many words end in each mark and two digits. */
function marksIn(layout: Layout): Record<DecimalMark, number> {
  const words = layout.lines.flatMap((line) => line.words)
  const count = (pattern: RegExp) => words.filter(({ text }) => pattern.test(text)).length
  return { ',': count(/\d,\d{2}(?:\D{0,3})$/), '.': count(/(?<![./-]\d{1,2})\d\.\d{2}(?:\D{0,3})$/) }
}

/** What else speaks for an order of day and month. */
export type Locale = { language: string; currency: string | null }

/**
 * Whether day or month comes first, for the whole document: a date that exists in one order only decides, then
 * the order in which payment is due after the invoice, then language and currency.
 */
export function dateOrderOf(
  layout: Layout,
  locale: Locale,
  daysUnder: (order: DateOrder) => { issue: string | null; due: string | null },
): { order: DateOrder; choice: Choice | null } {
  const dates = layout.lines
    .flatMap((line) => findDates(line.text))
    .filter(({ readings }) => readings.some(({ order }) => order === 'dmy' || order === 'mdy'))
  const open = dates.filter(({ readings }) => readings.length > 1 && readings[0]?.day !== readings[1]?.day)
  const only = (order: DateOrder) =>
    dates.filter(
      ({ readings, raw }) =>
        (readings.length === 1 && readings[0]?.order === order) ||
        (order === 'dmy' && /^\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}$/.test(raw)),
    ).length
  const [dmy, mdy] = [only('dmy'), only('mdy')]
  const chosen = (order: DateOrder, because: string) => ({
    order,
    choice:
      open.length > 0
        ? {
            name: 'date-order' as const,
            chosen: order,
            because,
            alternatives: [order === 'dmy' ? 'mdy' : 'dmy'],
          }
        : null,
  })
  if (dmy !== mdy)
    return dmy > mdy
      ? chosen('dmy', `${dmy} dates exist only so`)
      : chosen('mdy', `${mdy} dates exist only so`)
  const american = locale.language === 'en' && (locale.currency === 'USD' || locale.currency === null)
  const [one, other] = [plausible(daysUnder('dmy')), plausible(daysUnder('mdy'))]
  if (one !== other)
    return one > other
      ? chosen('dmy', 'payment is due after the invoice only so')
      : chosen('mdy', 'payment is due after the invoice only so')
  return american
    ? chosen('mdy', 'it is in English and in dollars')
    : chosen('dmy', `documents in ${locale.language} write the day first`)
}

/** 2 where payment is due within four months of the invoice, 1 where it is due later, 0 where before. */
function plausible({ issue, due }: { issue: string | null; due: string | null }): number {
  if (issue === null || due === null) return 1
  const days = (Date.parse(due) - Date.parse(issue)) / 86_400_000
  return days < 0 ? 0 : days <= 120 ? 2 : 1
}

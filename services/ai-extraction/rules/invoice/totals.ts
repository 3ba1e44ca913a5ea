import { absolute, near, shareOf } from './figures.ts'
import type { LineItem } from './line-items.ts'
import type { TaxRow } from './taxes.ts'
import type { TotalsCandidate } from './totals-candidates.ts'
import type { TotalsField } from './words/totals-words.ts'

/** A sum of the invoice; `candidate` is null where it follows from others and is not printed. */
export type Sum = { units: bigint; candidate: TotalsCandidate | null }

/** The sums that fit together best. `checked` counts the relations between printed figures that hold. */
export type Totals = Partial<Record<TotalsField, Sum>> & {
  score: number
  checked: number
  /** Whether the amounts of the lines have tax in them; null where the sums do not say. */
  includeTax: boolean | null
  /** The lines that count: without those that only inform, if the sums say so. */
  counted: LineItem[]
}

export const amountOf = (item: LineItem) => item.amount ?? item.gross

/**
 * The readings of the lines as a whole: all of them, or only those with a price, as rows without one may
 * only inform of a part of another.
 */
function lineReadings(items: readonly LineItem[]): LineItem[][] {
  const withAmount = items.filter((item) => amountOf(item) !== undefined)
  const priced = withAmount.filter((item) => item.unitPrice !== undefined)
  return priced.length > 0 && priced.length < withAmount.length ? [[...items], priced] : [[...items]]
}

const sumOf = (items: readonly LineItem[]) =>
  items.reduce((sum, item) => sum + (amountOf(item)?.units ?? 0n), 0n)

type Choice = {
  net: Sum | null
  tax: Sum | null
  gross: TotalsCandidate
  moved: bigint
  lines: LineItem[]
  score: number
  checked: number
  includeTax: boolean | null
}

/** What stands beside the sums: tax by rate, and lines that tell of a payment on a day. */
export type Beside = { rates: readonly TaxRow[]; payments: readonly TotalsCandidate[] }

/**
 * Chooses net, tax and gross among all labelled amounts: the three that add up and that the lines add up to,
 * else those with the clearest labels. Subtotal, allowances and charges may stand in for a net that is not printed.
 */
export function solveTotals(
  candidates: readonly TotalsCandidate[],
  items: readonly LineItem[],
  end: number,
  { rates, payments }: Beside,
): Totals | null {
  const rows = new Set(items.flatMap((item) => item.lines))
  const open = candidates.filter((candidate) => !rows.has(candidate.line) && candidate.figure.money)
  const of = (...fields: TotalsField[]) =>
    best(
      open.filter(({ field }) => fields.includes(field)),
      end,
    )
  const adjustments = movesOf(open)
  const nets = [
    ...of('net', 'lineSum').map((candidate): Sum => ({ units: candidate.figure.units, candidate })),
    ...sumOfRates(rates, 'base'),
    null,
  ]
  const roundings = [
    0n,
    ...open.filter(({ field }) => field === 'rounding').map(({ figure }) => figure.units),
  ]
  const ofTax = [...taxes(open, end), ...sumOfRates(rates, 'amount'), null]
  const tolerance = Math.max(2, Math.ceil(items.length / 2))
  let chosen: Choice | null = null
  for (const gross of of('gross', 'due')) {
    for (const tax of ofTax) {
      for (const net of nets) {
        for (const moved of adjustments) {
          for (const lines of lineReadings(items)) {
            const choice = judged(
              { net, tax, gross, moved, lines, score: 0, checked: 0, includeTax: null },
              { tolerance, end, moves: adjustments, rates, roundings },
            )
            if (!chosen || choice.score > chosen.score) chosen = choice
          }
        }
      }
    }
  }
  return chosen && finished(chosen, [...open, ...payments], tolerance)
}

/** The clearest candidates of each amount; sums stand at the end of a document. */
function best(candidates: readonly TotalsCandidate[], end: number): TotalsCandidate[] {
  const byAmount = new Map<bigint, TotalsCandidate>()
  for (const candidate of candidates) {
    const known = byAmount.get(candidate.figure.units)
    if (!known || weight(candidate, end) > weight(known, end)) byAmount.set(candidate.figure.units, candidate)
  }
  return [...byAmount.values()].toSorted((a, b) => weight(b, end) - weight(a, end)).slice(0, 12)
}

const weight = ({ strength, line }: TotalsCandidate, end: number) =>
  strength + (line >= end ? 0.3 : 0) + Math.min(line, 2000) / 20_000

/** Single amounts of tax, and the sum of those that stand at different rates. */
function taxes(open: readonly TotalsCandidate[], end: number): Sum[] {
  const all = best(
    open.filter(({ field }) => field === 'tax'),
    end,
  )
  const byRate = new Map(all.filter(({ rate }) => rate).map((candidate) => [candidate.rate?.text, candidate]))
  const sum = [...byRate.values()].reduce((sum, { figure }) => sum + figure.units, 0n)
  const sums: Sum[] = all.map((candidate) => ({ units: candidate.figure.units, candidate }))
  return byRate.size > 1 ? [...sums, { units: sum, candidate: null }] : sums
}

/** Bases or amounts of several rates together, which need not be printed. */
function sumOfRates(rates: readonly TaxRow[], part: 'base' | 'amount'): Sum[] {
  if (rates.length < 2 || rates.some((row) => row[part] === null)) return []
  return [{ units: rates.reduce((sum, row) => sum + (row[part]?.units ?? 0n), 0n), candidate: null }]
}

/** What allowances and charges may move a subtotal by; nothing is the usual case. */
function movesOf(open: readonly TotalsCandidate[]): bigint[] {
  const moves = new Set<bigint>([0n])
  const sign = { allowance: -1n, charge: 1n }
  const found = open
    .filter(({ field, line }) => (field === 'allowance' || field === 'charge') && line >= 0)
    .slice(0, 6)
  for (const { field, figure } of found) {
    if (figure.units === 0n) continue
    const step = absolute(figure.units) * sign[field === 'allowance' ? 'allowance' : 'charge']
    for (const before of [...moves]) moves.add(before + step)
  }
  return [...moves].slice(0, 64)
}

type Frame = {
  tolerance: number
  end: number
  moves: readonly bigint[]
  rates: readonly TaxRow[]
  roundings: readonly bigint[]
}

function judged(choice: Choice, { tolerance, end, moves, rates, roundings }: Frame): Choice {
  const { net, tax, gross, moved, lines } = choice
  let score =
    weight(gross, end) +
    (net?.candidate
      ? weight(net.candidate, end) * (net.candidate.field === 'net' ? 1 : 0.8)
      : net
        ? 0.5
        : 0) +
    (tax ? (tax.candidate ? weight(tax.candidate, end) : 0.8) : 0)
  let checked = 0
  if (moved !== 0n) score -= 0.5
  if (net) {
    const full = net.units + moved + (tax?.units ?? 0n)
    const holds = roundings.some((rounding) => near(full + rounding, gross.figure.units, 2))
    // Without any tax the net is the gross; that says less than three figures that add up.
    if (holds) score += tax && tax.units !== 0n ? 4 : 1.2
    else score -= 1
    if (holds && tax) checked++
    if (net.candidate?.figure === gross.figure) score -= 0.8
  }
  if (tax && tax.candidate?.figure === gross.figure) score -= 2
  if (tax && absolute(tax.units) > absolute(gross.figure.units)) score -= 3
  if (net && tax && near(net.units, tax.units, 0)) score -= 2
  const rate = tax?.candidate?.rate
  if (rate && net && near(shareOf(net.units + moved, rate.units), tax.units, 2)) {
    score += 1
    checked++
  }
  if (
    tax &&
    rates.length > 1 &&
    near(
      rates.reduce((sum, { amount }) => sum + (amount?.units ?? 0n), 0n),
      tax.units,
      rates.length,
    )
  ) {
    score += 1.5
    checked++
  }
  const fit = linesFit(choice, tolerance, moves)
  if (fit !== null) {
    score += 2 + (lines.length > 1 ? 0.5 : 0)
    checked++
  }
  return { ...choice, score, checked, includeTax: fit }
}

/** Whether the lines come to the gross (true) or to the net (false); null where they come to neither. */
function linesFit(
  { net, tax, gross, lines }: Choice,
  tolerance: number,
  moves: readonly bigint[],
): boolean | null {
  if (!lines.some((item) => amountOf(item))) return null
  const sum = sumOf(lines)
  const is = (units: bigint) => near(absolute(sum), absolute(units), tolerance)
  const untaxed = gross.figure.units - (tax?.units ?? 0n)
  if (net && is(net.units))
    return isGrossPriced(lines) && tax !== null && tax.units !== 0n && is(gross.figure.units)
  if (is(untaxed)) return false
  if (is(gross.figure.units)) return true
  // A credit note may print its allowances with either sign.
  const signs = gross.figure.units < 0n ? [1n, -1n] : [1n]
  if (moves.some((move) => signs.some((sign) => is(untaxed - sign * move)))) return false
  return moves.some((move) => is(gross.figure.units - move)) ? true : null
}

const isGrossPriced = (lines: readonly LineItem[]) =>
  lines.every((item) => item.amount === undefined && item.gross !== undefined)

/** The other sums around the three that were chosen. */
function finished(
  { net, tax, gross, moved, lines, score, checked, includeTax }: Choice,
  open: readonly TotalsCandidate[],
  tolerance: number,
): Totals {
  const totals: Totals = { score, checked, includeTax, counted: lines }
  const total = gross.figure.units
  const printed = (units: bigint, ...fields: TotalsField[]) =>
    open
      .filter(({ field, figure }) => fields.includes(field) && near(figure.units, units, 0))
      .toSorted((a, b) => b.strength - a.strength)[0] ?? null
  totals.gross = {
    units: total,
    candidate: printed(total, 'gross') ?? (gross.field === 'gross' ? gross : null),
  }
  if (tax) totals.tax = { units: tax.units, candidate: tax.candidate ?? printed(tax.units, 'tax') }
  addNet(totals, { net, moved, lines, tolerance }, open, printed)
  addPaid(totals, open, total)
  for (const field of ['rounding', 'previousBalance', 'withheld'] as const) {
    const candidate = open
      .filter((other) => other.field === field)
      .toSorted((a, b) => b.strength - a.strength)[0]
    if (candidate) totals[field] = { units: candidate.figure.units, candidate }
  }
  return totals
}

type Printed = (units: bigint, ...fields: TotalsField[]) => TotalsCandidate | null
type Around = { net: Sum | null; moved: bigint; lines: LineItem[]; tolerance: number }

function addNet(
  totals: Totals,
  { net, moved, lines, tolerance }: Around,
  open: readonly TotalsCandidate[],
  printed: Printed,
): void {
  if (!net) {
    if (totals.includeTax !== null) addAdjustments(totals, open, withoutNet(totals) - sumOf(lines))
    return
  }
  const units = net.units + moved
  totals.net = { units, candidate: moved === 0n ? net.candidate : printed(units, 'net', 'lineSum') }
  const sum = sumOf(lines)
  const isSum = ({ field, figure }: TotalsCandidate) =>
    field === 'lineSum' && figure.units !== units && near(absolute(figure.units), absolute(sum), tolerance)
  const before = moved === 0n ? open.find(isSum) : net.candidate
  if (before) totals.lineSum = { units: before.figure.units, candidate: before }
  if (totals.includeTax === true) return addAdjustments(totals, open, (totals.gross?.units ?? sum) - sum)
  const fits = totals.includeTax === false && lines.length > 0
  addAdjustments(totals, open, units - (totals.lineSum?.units ?? (fits ? sum : units)))
}

/** What the lines have to come to where no net is printed. */
function withoutNet({ gross, tax, includeTax }: Totals): bigint {
  return (gross?.units ?? 0n) - (includeTax === true ? 0n : (tax?.units ?? 0n))
}

/** Allowances and charges between the lines' sum and the net: those that make up the difference. */
function addAdjustments(totals: Totals, open: readonly TotalsCandidate[], difference: bigint): void {
  if (difference === 0n) return addZeros(totals, open)
  // A credit note takes its allowances back: they have the other sign there.
  const isCredit = (totals.gross?.units ?? 0n) < 0n
  const sign = isCredit ? -1n : 1n
  const some = (field: 'allowance' | 'charge') =>
    best(
      open.filter((candidate) => candidate.field === field && candidate.strength > 0.3),
      0,
    )
  const allowances: (TotalsCandidate | null)[] = [...some('allowance'), null]
  const charges: (TotalsCandidate | null)[] = [...some('charge'), null]
  const size = (candidate: TotalsCandidate | null) =>
    sign * (candidate ? absolute(candidate.figure.units) : 0n)
  for (const allowance of allowances) {
    for (const charge of charges) {
      if (size(allowance) === 0n && size(charge) === 0n) continue
      if (!near(size(charge) - size(allowance), difference, 0)) continue
      if (allowance) totals.allowance = { units: size(allowance), candidate: allowance }
      if (charge) totals.charge = { units: size(charge), candidate: charge }
      return
    }
  }
  const sum = (of: readonly (TotalsCandidate | null)[]) =>
    of.reduce((sum, candidate) => sum + size(candidate), 0n)
  if (near(-sum(allowances), difference, 0)) totals.allowance = { units: sum(allowances), candidate: null }
  if (near(sum(charges), difference, 0)) totals.charge = { units: sum(charges), candidate: null }
}

/** Allowances and charges of nothing are printed too. */
function addZeros(totals: Totals, open: readonly TotalsCandidate[]): void {
  for (const field of ['allowance', 'charge'] as const) {
    const candidate = open.find((other) => other.field === field && other.figure.units === 0n)
    if (candidate) totals[field] = { units: 0n, candidate }
  }
}

/** What was paid and what is due: the pair that fits the gross, else what their labels say. */
function addPaid(totals: Totals, open: readonly TotalsCandidate[], total: bigint): void {
  const taken = [totals.net, totals.tax].map((sum) => sum?.candidate?.figure)
  const dues = open.filter(
    ({ field, strength, figure }) => field === 'due' && strength > 0.6 && !taken.includes(figure),
  )
  const size = (candidate: TotalsCandidate) => absolute(candidate.figure.units)
  const isDue = (figure: TotalsCandidate['figure']) =>
    dues.some((due) => due.figure === figure && due.figure.units !== total)
  const paid = open.filter(
    ({ field, strength, figure }) =>
      field === 'paid' && strength > 0.3 && !taken.includes(figure) && !isDue(figure),
  )
  const pair = dues
    .flatMap((due) => paid.map((payment) => ({ due, payment })))
    .find(({ due, payment }) => near(absolute(total) - size(payment), absolute(due.figure.units), 1))
  const due = pair?.due ?? dues.find(({ figure }) => figure.units !== total) ?? dues.at(-1)
  if (due) totals.due = { units: due.figure.units, candidate: due }
  const labelled = paid.filter(({ label }) => label !== '')
  const payment =
    pair?.payment ?? paid.find((candidate) => size(candidate) === absolute(total)) ?? labelled[0]
  if (payment && payment.figure !== totals.gross?.candidate?.figure)
    totals.paid = { units: size(payment), candidate: payment }
}

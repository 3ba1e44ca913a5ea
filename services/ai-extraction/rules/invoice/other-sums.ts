import { absolute, near } from './figures.ts'
import { best, type Choice, type LineReading, type Sum, type Totals } from './sums.ts'
import type { TotalsCandidate } from './totals-candidates.ts'
import type { TotalsField } from './words/totals-words.ts'

/** The other sums around the three that were chosen. */
export function finished(
  { net, tax, gross, moved, lines, score, checked, includeTax }: Choice,
  open: readonly TotalsCandidate[],
  tolerance: number,
): Totals {
  const totals: Totals = { score, checked, includeTax, counted: lines.items }
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
  // Of two amounts that are both called due, the one that the lines lead to is the total.
  if (totals.due && totals.due.units !== total) totals.gross.candidate ??= gross
  for (const field of ['rounding', 'previousBalance', 'withheld'] as const) {
    const candidate = open
      .filter((other) => other.field === field)
      .toSorted((a, b) => b.strength - a.strength)[0]
    if (candidate) totals[field] = { units: candidate.figure.units, candidate }
  }
  addWithheld(totals, open)
  return totals
}

type Printed = (units: bigint, ...fields: TotalsField[]) => TotalsCandidate | null
type Around = { net: Sum | null; moved: bigint; lines: LineReading; tolerance: number }

function addNet(
  totals: Totals,
  { net, moved, lines, tolerance }: Around,
  open: readonly TotalsCandidate[],
  printed: Printed,
): void {
  if (!net) {
    if (totals.includeTax !== null) addAdjustments(totals, open, withoutNet(totals) - lines.sum)
    return
  }
  const units = net.units + moved
  totals.net = { units, candidate: moved === 0n ? net.candidate : printed(units, 'net', 'lineSum') }
  const { sum } = lines
  const isSum = ({ field, figure }: TotalsCandidate) =>
    field === 'lineSum' && figure.units !== units && near(absolute(figure.units), absolute(sum), tolerance)
  const before = moved === 0n ? open.find(isSum) : net.candidate
  if (before) totals.lineSum = { units: before.figure.units, candidate: before }
  if (totals.includeTax === true) return addAdjustments(totals, open, (totals.gross?.units ?? sum) - sum)
  const fits = totals.includeTax === false && lines.items.length > 0
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

/** Where income tax is withheld, the total that is printed is what is due, and the gross is more by it. */
function addWithheld(totals: Totals, open: readonly TotalsCandidate[]): void {
  const { withheld, net, tax, gross } = totals
  if (!withheld || !net || !gross?.candidate) return
  const full = net.units + (tax?.units ?? 0n)
  if (!near(full - absolute(withheld.units), gross.units, 2)) return
  totals.due = gross
  const printed = open.find(({ field, figure }) => field === 'gross' && near(figure.units, full, 0))
  totals.gross = { units: full, candidate: printed ?? null }
}

/** What was paid and what is due: the pair that fits the gross, else what their labels say. */
function addPaid(totals: Totals, open: readonly TotalsCandidate[], total: bigint): void {
  const taken = [totals.net, totals.tax].map((sum) => sum?.candidate?.figure)
  const dues = open.filter(
    ({ field, strength, figure, clear }) =>
      field === 'due' && strength > 0.6 && (clear || !taken.includes(figure)),
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

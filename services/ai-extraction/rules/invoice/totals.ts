import { absolute } from './figures.ts'
import { withPrinted } from './contradictions.ts'
import { judged } from './judge-sums.ts'
import type { LineItem } from './line-items.ts'
import { finished } from './other-sums.ts'
import {
  best,
  lineReadings,
  movesOf,
  sumOfRates,
  taxSums,
  type Choice,
  type Sum,
  type Totals,
} from './sums.ts'
import type { TaxRow } from './taxes.ts'
import type { TotalsCandidate } from './totals-candidates.ts'
import type { TotalsField } from './words/totals-words.ts'

/** What stands beside the sums: tax by rate, and lines that tell of a payment on a day. */
export type Beside = {
  rates: readonly TaxRow[]
  payments: readonly TotalsCandidate[]
  /** Amounts outside of rows by their units: one of them may be a net with a label of its own. */
  loose: ReadonlyMap<bigint, TotalsCandidate>
  isForeign: (line: number) => boolean
}

/**
 * Chooses net, tax and gross among all labelled amounts: the three that add up and that the lines add up to,
 * else those with the clearest labels. Subtotal, allowances and charges may stand in for a net that is not printed.
 */
export function solveTotals(
  candidates: readonly TotalsCandidate[],
  items: readonly LineItem[],
  end: number,
  { rates, payments, loose, isForeign }: Beside,
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
    ...open.filter(({ field }) => field === 'withheld').map(({ figure }) => -absolute(figure.units)),
  ]
  const ofTax = [...taxSums(open, end), ...sumOfRates(rates, 'amount'), null]
  const tolerance = Math.max(2, Math.ceil(items.length / 2))
  const readings = lineReadings(items)
  let chosen: Choice | null = null
  for (const gross of of('gross', 'due')) {
    for (const tax of ofTax) {
      const unnamed = tax && loose.get(gross.figure.units - tax.units)
      const implied =
        unnamed && unnamed.figure !== gross.figure && unnamed.figure.units > tax.units && tax.units > 0n
          ? [{ units: unnamed.figure.units, candidate: unnamed }]
          : []
      for (const net of [...nets, ...implied]) {
        for (const moved of adjustments) {
          for (const lines of readings) {
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
  if (!chosen) return null
  const totals = finished(chosen, [...open, ...payments], tolerance)
  return withPrinted(totals, open, { end, rates, moves: adjustments, isForeign })
}

import { absolute, cents, near, shareOf } from './figures.ts'
import { amountOf, weight, type Choice } from './sums.ts'
import type { TaxRow } from './taxes.ts'

export type Frame = {
  tolerance: number
  end: number
  moves: readonly bigint[]
  rates: readonly TaxRow[]
  roundings: readonly bigint[]
}

/** How well a reading of the sums fits: by its labels, by the relations that hold, by the lines. */
export function judged(choice: Choice, { tolerance, end, moves, rates, roundings }: Frame): Choice {
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
    const rounding = roundings.find((rounding) => near(full + rounding, gross.figure.units, 2))
    const holds = rounding !== undefined
    if (rounding !== undefined && rounding < -cents(100)) score -= 1
    // Without any tax the net is the gross; that says less than three figures that add up.
    if (holds) score += tax && tax.units !== 0n ? 4 : 1.2
    else score -= 1
    if (holds && tax) checked++
    if (net.candidate?.figure === gross.figure) score -= 0.8
  }
  if (tax && tax.candidate?.figure === gross.figure) score -= 2
  if (tax && 2n * absolute(tax.units) > absolute(gross.figure.units)) score -= 3
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
    score += 2 + (lines.items.length > 1 ? 0.5 : 0)
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
  const { sum } = lines
  if (!lines.items.some((item) => amountOf(item))) return null
  const is = (units: bigint) => near(absolute(sum), absolute(units), tolerance)
  const untaxed = gross.figure.units - (tax?.units ?? 0n)
  if (net && is(net.units))
    return lines.isGrossPriced && tax !== null && tax.units !== 0n && is(gross.figure.units)
  if (is(untaxed)) return false
  if (is(gross.figure.units)) return true
  // A credit note may print its allowances with either sign.
  const signs = gross.figure.units < 0n ? [1n, -1n] : [1n]
  if (moves.some((move) => signs.some((sign) => is(untaxed - sign * move)))) return false
  return moves.some((move) => is(gross.figure.units - move)) ? true : null
}

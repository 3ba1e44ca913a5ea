import { absolute, near } from './figures.ts'
import type { Sum, Totals } from './sums.ts'
import type { TaxRow } from './taxes.ts'
import type { TotalsCandidate } from './totals-candidates.ts'

/** Where sums stand, and what else they may be made of. */
export type Around = {
  /** The first line behind the rows. */
  end: number
  rates: readonly TaxRow[]
  /** What allowances and charges may move a sum by. */
  moves: readonly bigint[]
  /** Whether a line is in another currency than the document. */
  isForeign: (line: number) => boolean
}

type Field = 'net' | 'tax' | 'gross' | 'lineSum'
const fields: readonly Field[] = ['net', 'tax', 'gross', 'lineSum']

/**
 * The sums as they are printed, also where they do not fit. Arithmetic decides what a label means that says more
 * than one thing; it is no reason to pass over an amount that stands alone beside a label of the sums. One that
 * nothing explains takes the place of what fitted, so that the checks can tell of it.
 */
export function withPrinted(totals: Totals, open: readonly TotalsCandidate[], around: Around): Totals {
  // Without lines nothing is compared with them.
  if (totals.counted.length === 0) return totals
  const explained = explanationsOf(totals, around)
  const isExplained = (units: bigint) => explained.some((value) => near(absolute(value), absolute(units), 1))
  // An amount that other labels than those of the three name clearly is theirs.
  const others = new Set(
    open
      .filter(({ clear, field }) => clear && !fields.some((own) => own === field))
      .map(({ figure }) => figure),
  )
  const page = totals.gross?.candidate?.page ?? totals.due?.candidate?.page
  const alone = open.filter(
    ({ alone, line, figure, page: own }) =>
      alone &&
      own === page &&
      line >= around.end &&
      figure.units !== 0n &&
      !others.has(figure) &&
      !around.isForeign(line),
  )
  const changed: Partial<Record<Field, Sum>> = {}
  for (const [figure, candidates] of Map.groupBy(alone, ({ figure }) => figure)) {
    const field = fieldOf(candidates)
    const candidate = candidates.find((other) => other.field === field) ?? candidates[0]
    if (field === null || !candidate || isExplained(figure.units)) continue
    changed[field] = { units: figure.units, candidate }
  }
  return { ...totals, ...changed }
}

/** The sum that a label names most clearly; null where it names none of them. */
function fieldOf(candidates: readonly TotalsCandidate[]): Field | null {
  const named = (isClear: boolean) =>
    fields.filter((field) => candidates.some((other) => other.field === field && other.clear === isClear))
  const [clear] = named(true)
  if (clear) return clear
  if (candidates.some(({ clear }) => clear)) return null
  const unclear = named(false)
  return unclear.includes('gross') ? 'gross' : (unclear[0] ?? null)
}

/** Every amount that the sums account for: themselves, tax by rate, and steps between them. */
function explanationsOf(totals: Totals, { rates, moves }: Around): bigint[] {
  const { net, tax, gross, lineSum, paid, due } = totals
  const sums = [
    net,
    tax,
    gross,
    lineSum,
    paid,
    due,
    totals.allowance,
    totals.charge,
    totals.withheld,
    totals.rounding,
    totals.previousBalance,
  ]
  const values = sums.flatMap((sum) => sum?.units ?? [])
  const ofRates = rates.flatMap(({ base, amount }) => [
    base?.units ?? 0n,
    amount?.units ?? 0n,
    (base?.units ?? 0n) + (amount?.units ?? 0n),
  ])
  const steps = [net, lineSum].flatMap((sum) => (sum ? moves.map((move) => sum.units + move) : []))
  const lines = runsOf(totals.counted.map((item) => (item.amount ?? item.gross)?.units ?? 0n))
  const before = gross && totals.previousBalance ? [gross.units + totals.previousBalance.units] : []
  return [
    ...values,
    ...ofRates,
    ...steps,
    ...lines,
    ...before,
    ...(gross && paid ? [gross.units - absolute(paid.units)] : []),
  ]
}

/** Sums of the first and of the last amounts: the first and the last section may have a sum of their own. */
function runsOf(amounts: readonly bigint[]): bigint[] {
  const running = (list: readonly bigint[]) => {
    let sum = 0n
    return list.map((amount) => (sum += amount))
  }
  return [...running(amounts), ...running(amounts.toReversed())]
}

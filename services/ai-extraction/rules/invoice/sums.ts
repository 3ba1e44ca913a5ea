import { absolute } from './figures.ts'
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

/** Lines that count, what they come to, and whether all of them stand in a column of amounts with tax. */
export type LineReading = { items: LineItem[]; sum: bigint; isGrossPriced: boolean }

/**
 * The readings of the lines as a whole: all of them, or only those with a price, as rows without one may
 * only inform of a part of another.
 */
export function lineReadings(items: readonly LineItem[]): LineReading[] {
  const withAmount = items.filter((item) => amountOf(item) !== undefined)
  const priced = withAmount.filter((item) => item.unitPrice !== undefined)
  const some = priced.length > 0 && priced.length < withAmount.length
  return (some ? [items, priced] : [items]).map((all) => ({
    items: [...all],
    sum: all.reduce((sum, item) => sum + (amountOf(item)?.units ?? 0n), 0n),
    isGrossPriced: all.every((item) => item.amount === undefined && item.gross !== undefined),
  }))
}

/** One reading of the sums: `moved` is what allowances and charges move the net by. */
export type Choice = {
  net: Sum | null
  tax: Sum | null
  gross: TotalsCandidate
  moved: bigint
  lines: LineReading
  score: number
  checked: number
  includeTax: boolean | null
}

/** The clearest candidates of each amount; sums stand at the end of a document. */
export function best(candidates: readonly TotalsCandidate[], end: number): TotalsCandidate[] {
  const byAmount = new Map<bigint, TotalsCandidate>()
  for (const candidate of candidates) {
    const known = byAmount.get(candidate.figure.units)
    if (!known || weight(candidate, end) > weight(known, end)) byAmount.set(candidate.figure.units, candidate)
  }
  return [...byAmount.values()].toSorted((a, b) => weight(b, end) - weight(a, end)).slice(0, 8)
}

export const weight = ({ strength, line }: TotalsCandidate, end: number) =>
  strength + (line >= end ? 0.3 : 0) + Math.min(line, 2000) / 20_000

/** Single amounts of tax, and the sum of those that stand at different rates. */
export function taxSums(open: readonly TotalsCandidate[], end: number): Sum[] {
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
export function sumOfRates(rates: readonly TaxRow[], part: 'base' | 'amount'): Sum[] {
  if (rates.length < 2 || rates.some((row) => row[part] === null)) return []
  return [{ units: rates.reduce((sum, row) => sum + (row[part]?.units ?? 0n), 0n), candidate: null }]
}

/** What allowances and charges may move a subtotal by; nothing is the usual case. */
export function movesOf(open: readonly TotalsCandidate[]): bigint[] {
  const moves = new Set<bigint>([0n])
  const sign = { allowance: -1n, charge: 1n }
  const found = open
    .filter(({ field, line }) => (field === 'allowance' || field === 'charge') && line >= 0)
    .slice(0, 6)
  for (const { field, figure } of found) {
    if (figure.units === 0n) continue
    const step = absolute(figure.units) * sign[field === 'allowance' ? 'allowance' : 'charge']
    for (const before of new Set(moves)) moves.add(before + step)
  }
  return [...moves].slice(0, 16)
}

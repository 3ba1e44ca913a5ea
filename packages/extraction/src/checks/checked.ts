import type { AnyField, Check, MoneyField } from '@pdf-smaller/contracts/extraction'
import { minorOf, money } from '../values/money.ts'

/**
 * A check and the fields that it compares. That a `hint` holds proves nothing of them, as that a day lies behind
 * another one; that it does not speaks against them all the same.
 */
export type Checked = { check: Check; over: AnyField[]; weight: 'proof' | 'hint' }

type About = { id: string; title: string; severity?: Check['severity'] }

/** A check that could not be made. */
export function unchecked({ id, title, severity = 'error' }: About, why: string): Checked {
  return { check: { id, title, passed: null, severity, figures: {}, why }, over: [], weight: 'proof' }
}

/** A relation of values that are no sums. */
export function relation(
  { id, title, severity = 'error' }: About,
  passed: boolean,
  figures: Record<string, string>,
  over: AnyField[],
  { weight = 'proof', ...told }: { at?: string[]; why?: string; weight?: Checked['weight'] } = {},
): Checked {
  return { check: { id, title, passed, severity, figures, ...told }, over, weight }
}

/** Amounts of a sum by name, in minor units; undefined where a document does not state one that is needed. */
export type Terms = Record<string, bigint | undefined>

/** What a sum is made of, and where it was read. */
export type Sum = {
  /** The terms that make up `expected`, for the figures. */
  terms: Terms
  expected: bigint | undefined
  found: bigint | undefined
  /** What `found` is called. */
  of: string
  /** Other results that rounding may have, in minor units. */
  also?: bigint[]
  /** What the two may differ by and only be doubted, in minor units. */
  tolerance?: bigint
  currency: string | null
  over: (AnyField | undefined)[]
  at?: string[]
}

/**
 * Compares a sum with the amount that a document states for it. What is off by more than rounding can be, but not by
 * more than the tolerance, fails as a warning.
 */
export function sum(
  about: About,
  { terms, expected, found, of, also = [], tolerance = 0n, currency, over, at }: Sum,
): Checked {
  const missing = [
    ...Object.entries(terms)
      .filter(([, value]) => value === undefined)
      .map(([name]) => name),
    ...(found === undefined ? [of] : []),
  ]
  if (expected === undefined || found === undefined) {
    return unchecked(about, `The document does not state: ${missing.join(', ')}`)
  }
  const figures: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...terms, expected, found })) {
    if (value !== undefined) figures[name] = money(value, currency).amount
  }
  const difference = found - expected
  const passed = difference === 0n || also.includes(found)
  const isNear = !passed && (difference < 0n ? -difference : difference) <= tolerance
  if (tolerance > 0n) figures['tolerance'] = money(tolerance, currency).amount
  if (difference !== 0n) figures['difference'] = money(difference, currency).amount
  return relation(isNear ? { ...about, severity: 'warning' } : about, passed, figures, present(over), {
    ...(passed || !at ? {} : { at }),
    ...(passed ? {} : { why: `${figures['found']} is stated, ${figures['expected']} is the sum` }),
  })
}

/** The amount of a field in minor units; undefined where it is absent, or was itself worked out of other amounts. */
export function stated(field: MoneyField | undefined): bigint | undefined {
  return field === undefined || field.source === 'derived' ? undefined : minorOf(field.value)
}

/** The sum of all of them; undefined where one is not known, or there are none. */
export function total(amounts: (bigint | undefined)[]): bigint | undefined {
  if (amounts.length === 0) return undefined
  let all = 0n
  for (const amount of amounts) {
    if (amount === undefined) return undefined
    all += amount
  }
  return all
}

export function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined)
}

/** The currencies that amounts have, without those that say none. */
export function currenciesOf(fields: readonly (MoneyField | undefined)[]): string[] {
  return [...new Set(present(fields.map((field) => field?.value.currency ?? undefined)))]
}

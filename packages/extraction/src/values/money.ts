import type { Decimal, Money } from '@pdf-smaller/contracts/extraction'
import { exponentOf } from './currencies.ts'
import { decimal, exact, plain, rounded } from './exact.ts'

/** An amount in the smallest unit of its currency. */
export function money(minor: bigint, currency: string | null): Money {
  return {
    amount: decimal({ units: minor, scale: exponentOf(currency) }),
    minor: String(minor),
    currency,
  }
}

export function minorOf(amount: Money): bigint {
  return BigInt(amount.minor)
}

/**
 * A decimal as money, exact: undefined where it has more decimals than the currency has, other than zeros, so that no
 * amount is ever rounded in silence.
 */
export function moneyOf(text: Decimal, currency: string | null): Money | undefined {
  const value = exact(plain(text))
  const decimals = exponentOf(currency)
  return value.scale > decimals ? undefined : money(rounded(value, decimals), currency)
}

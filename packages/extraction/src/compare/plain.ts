import type { AnyField } from '@pdf-smaller/contracts/extraction'
import { plain } from '../values/exact.ts'

/** A field's value as plain text: `2025-01-31`, `1234.50 EUR`, `Acme GmbH`. */
export function plainValue({ value }: Pick<AnyField, 'value'>): string {
  if (typeof value === 'object') return value.currency ? `${value.amount} ${value.currency}` : value.amount
  return String(value)
}

/**
 * Whether two fields say the same: numbers by what they are worth (`19` and `19.00`), amounts also where only one names
 * its currency, texts without regard to spacing.
 */
export function sameValue(a: Pick<AnyField, 'value'>, b: Pick<AnyField, 'value'>): boolean {
  if (typeof a.value === 'object' && typeof b.value === 'object') {
    const currencies = [a.value.currency, b.value.currency]
    const oneCurrency = currencies.includes(null) || a.value.currency === b.value.currency
    return oneCurrency && plain(a.value.amount) === plain(b.value.amount)
  }
  return comparable(a.value) === comparable(b.value)
}

function comparable(value: AnyField['value']): string {
  if (typeof value === 'object') return value.amount
  const text = String(value).normalize('NFKC').replaceAll(/\s+/g, ' ').trim()
  return /^-?\d+(\.\d+)?$/.test(text) && text.includes('.') ? plain(text) : text
}

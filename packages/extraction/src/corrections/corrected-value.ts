import {
  type CorrectionBody,
  Currency,
  Day,
  Decimal,
  DocumentType,
  type FieldKind,
  type FieldValue,
} from '@pdf-smaller/contracts/extraction'
import { moneyOf } from '../values/money.ts'

/**
 * What a person gave for a field as a value of its kind; undefined where it cannot be one.
 * @param currency of an amount that names none
 */
export function correctedValue(
  kind: FieldKind,
  given: NonNullable<CorrectionBody['value']>,
  currency: string | null,
): FieldValue | undefined {
  switch (kind) {
    case 'text':
      return typeof given === 'string' && given.trim() !== '' ? given : undefined
    case 'day':
      return Day.safeParse(given).data
    case 'decimal':
      return Decimal.safeParse(typeof given === 'number' ? String(given) : given).data
    case 'count':
      return countOf(given)
    case 'documentType':
      return DocumentType.safeParse(given).data
    case 'money':
    case 'price':
      return amountOf(kind, given, currency)
    default:
      return kind satisfies never
  }
}

function countOf(given: unknown): number | undefined {
  const count = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given
  return typeof count === 'number' && count >= 0 ? count : undefined
}

/** `1234.50`, `1234.50 EUR` or as it stands in an extraction; a currency has to be one, and no amount is rounded. */
function amountOf(
  kind: 'money' | 'price',
  given: NonNullable<CorrectionBody['value']>,
  usual: string | null,
): FieldValue | undefined {
  const [text, currency] = partsOf(given, usual)
  const amount = Decimal.safeParse(text)
  if (!amount.success || !Currency.nullable().safeParse(currency).success) return undefined
  if (kind === 'price') return { amount: amount.data, currency }
  const money = moneyOf(amount.data, currency)
  const isOther = typeof given === 'object' && 'minor' in given && given.minor !== money?.minor
  return isOther ? undefined : money
}

function partsOf(
  given: NonNullable<CorrectionBody['value']>,
  usual: string | null,
): [amount: string, currency: string | null] {
  if (typeof given === 'object') return [given.amount, given.currency]
  const [amount = '', currency = usual, ...others] = String(given).split(' ')
  return [others.length > 0 ? '' : amount, currency]
}

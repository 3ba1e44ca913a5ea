import { z } from 'zod'

/** A number as text, exact: `1234.50`, `-3`, `9.9000`. No exponent, no grouping, a dot before decimals. */
export const Decimal = z
  .string()
  .max(60)
  .regex(/^-?\d+(\.\d+)?$/)
export type Decimal = z.infer<typeof Decimal>

/** A currency by its ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)
export type Currency = z.infer<typeof Currency>

/** A day of the Gregorian calendar, `2025-01-31`. */
export const Day = z.iso.date()
export type Day = z.infer<typeof Day>

/**
 * An amount of money, exact in both forms: `{ amount: '1234.50', minor: '123450', currency: 'EUR' }`.
 * `amount` has as many decimals as the currency has (ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD; 2 where the currency
 * is not known); `minor` is the same in the smallest unit, and what BigInt() takes.
 */
export const Money = z
  .object({
    amount: Decimal,
    minor: z
      .string()
      .max(60)
      .regex(/^-?\d+$/),
    /** Null where the document does not say it. */
    currency: Currency.nullable(),
  })
  .refine(({ amount, minor }) => units(amount) === units(minor), { error: 'amount and minor differ' })
export type Money = z.infer<typeof Money>

/** Without the point and zeros in front; whatever stands there, for it may be no number. */
function units(text: string): string {
  return text.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1')
}

/** A price of one unit; it may have more decimals than its currency has, so it is no {@link Money}. */
export const Price = z.object({ amount: Decimal, currency: Currency.nullable() })
export type Price = z.infer<typeof Price>

/** The value of a field, whatever its kind. */
export const FieldValue = z.union([z.string(), z.int(), Money, Price])
export type FieldValue = z.infer<typeof FieldValue>

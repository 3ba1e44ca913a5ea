import { exact, readAmount, rounded, type DecimalMark } from '@pdf-smaller/extraction'

export type { DecimalMark } from '@pdf-smaller/extraction'

/** A number as it is printed, exact: `units` are millionths, so that prices and rates fit as well as amounts. */
export type Figure = { units: bigint; decimals: number; text: string }

const million = 1_000_000n

/**
 * The number that a text is under one decimal mark, or null where it is none under it.
 * Letters at it other than a currency make it none.
 */
export function figureOf(text: string, mark: DecimalMark): Figure | null {
  if (text.length > 30 || !/\d/.test(text)) return null
  const reading = readAmount(text, mark)
  if (!reading || reading.side !== null || reading.value.length > 20) return null
  return { units: rounded(exact(reading.value), 6), decimals: reading.decimals, text: reading.value }
}

/** A rate in per cent where the word says one: `19%`, `(5,5%)`; null else. */
export function percentOf(word: string, mark: DecimalMark): Figure | null {
  const match = /^\(?([-−]?[\d.,]+)%\)?[:;,]?$/.exec(word)
  return match?.[1] === undefined ? null : (figureOf(match[1], mark) ?? figureOf(match[1], otherMark(mark)))
}

export const otherMark = (mark: DecimalMark): DecimalMark => (mark === ',' ? '.' : ',')

/** The product of two figures in millionths, half up. */
export function times(a: bigint, b: bigint): bigint {
  return rounded({ units: a * b, scale: 12 }, 6)
}

/** `amount` × `rate` / 100 in millionths. */
export function shareOf(amount: bigint, rate: bigint): bigint {
  return rounded({ units: amount * rate, scale: 14 }, 6)
}

export const absolute = (value: bigint) => (value < 0n ? -value : value)

/** Hundredths of the currency, in millionths. */
export const cents = (count: number) => (BigInt(count) * million) / 100n

/** Whether two amounts are the same within some hundredths. */
export function near(a: bigint, b: bigint, within = 1): boolean {
  return absolute(a - b) <= cents(within)
}

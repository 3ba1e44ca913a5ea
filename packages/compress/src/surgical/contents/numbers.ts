import { serialise } from '@pdf-smaller/pdf'

/** What a number may be moved by, points as drawn: two that add up stay within a thousandth. */
const mostMoved = 0.0005
/** Contents that need more are of a scale that no page has; they stay as they are. */
const mostDecimals = 8
/** Significant digits of what is multiplied: a line of a thousand points moves by less than the above. */
const keptDigits = 7

/**
 * The decimals with which a coordinate is not moved by more than half a thousandth of a point.
 * @param scale points that a unit comes to; not finite where it is not known
 * @returns undefined where the number must stay as it is
 */
export function decimalsFor(scale: number): number | undefined {
  if (!Number.isFinite(scale) || scale <= 0) return undefined
  const decimals = Math.max(0, Math.ceil(Math.log10((0.5 * scale) / mostMoved) - 1e-9))
  return decimals > mostDecimals ? undefined : decimals
}

/** A number with so many decimals; with all of them where none are told. */
export function rounded(value: number, decimals: number | undefined): number {
  if (decimals === undefined) return value
  const power = 10 ** decimals
  const scaled = Math.abs(value) * power
  // Beyond, there are no decimals to be rounded.
  if (!(scaled < Number.MAX_SAFE_INTEGER)) return value
  const result = Math.round(scaled) / power
  return value < 0 && result !== 0 ? -result : result
}

/** What a number has at most, digits. */
const mostDigits = 15

/**
 * A factor, which is nowhere near 0 afterwards unless it was 0: a size, a width, a part of a matrix.
 * @param digits significant ones
 */
export const roundedFactor = (value: number, digits = keptDigits): number =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : value

/**
 * The significant digits of the factors of a matrix. What it moves by so much has coordinates that come to as much:
 * maps are drawn in metres from afar.
 * @param distance points
 */
export const digitsFor = (distance: number): number =>
  Math.min(mostDigits, Math.max(keptDigits, Math.ceil(Math.log10(distance / mostMoved)))) || mostDigits

/** The shortest form of a number that all readers know: no zero stands in front of the point. */
export function shortNumber(value: number): string {
  const text = serialise(value)
  if (text.startsWith('0.')) return text.slice(1)
  return text.startsWith('-0.') ? `-${text.slice(2)}` : text
}

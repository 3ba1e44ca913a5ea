import type { Decimal } from '@pdf-smaller/contracts/extraction'

/** A decimal number without rounding: `units / 10 ** scale`. */
export type Exact = { units: bigint; scale: number }

/** @throws SyntaxError for what is no decimal */
export function exact(text: Decimal): Exact {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (!whole) throw new SyntaxError(`Not a decimal: ${text}`)
  return { units: BigInt(sign + whole + decimals), scale: decimals.length }
}

/** As text, with all the decimals that its scale has. */
export function decimal({ units, scale }: Exact): Decimal {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  if (scale === 0) return sign + digits
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

export function times(a: Exact, b: Exact): Exact {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/**
 * Rounded half away from zero to so many decimals, as commerce does (EN 16931-1, 7.2).
 * @returns the units of the new scale
 */
export function rounded({ units, scale }: Exact, decimals: number): bigint {
  if (scale <= decimals) return units * 10n ** BigInt(decimals - scale)
  return quotient(units, 10n ** BigInt(scale - decimals))
}

/** a / b, rounded half away from zero; b is positive. */
export function quotient(a: bigint, b: bigint): bigint {
  const half = (2n * (a < 0n ? -a : a) + b) / (2n * b)
  return a < 0n ? -half : half
}

/** a / b, rounded half to even, as many programs do (IEEE 754, 4.3.1); b is positive. */
export function quotientToEven(a: bigint, b: bigint): bigint {
  const up = quotient(a, b)
  const isHalf = (2n * (a < 0n ? -a : a)) % (2n * b) === b
  return isHalf && up % 2n !== 0n ? up - (a < 0n ? -1n : 1n) : up
}

/** Without zeros at the end: `19.00` is `19`. */
export function plain(text: Decimal): Decimal {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return short === '-0' ? '0' : short
}

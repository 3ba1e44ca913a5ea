/** The largest number that readers have to take (ISO 32000-1, annex C); what is larger is taken for it. */
const largest = 3.403e38

/**
 * The number that a token stands for, as viewers read it: `612.`, `+17` and `.5` as they look, of several signs in front
 * one counts, a minus within is passed over, and a second point ends the number; what has no digit is 0.
 */
export function numberOf(token: string): number {
  const plain = Number(token)
  if (token.length < 16 && !Number.isNaN(plain)) return plain === 0 ? 0 : plain
  const [, signs = '', rest = ''] = /^([+-]*)(.*)$/.exec(token) ?? []
  const [digits = ''] = /^\d*(\.\d*)?/.exec(rest.replaceAll(/[+-]/g, '')) ?? []
  const value = Math.min(Number(digits === '.' ? 0 : digits), largest)
  return signs.includes('-') && value !== 0 ? -value : value
}

/** A number in the syntax of PDF, which knows no exponents. */
export function writtenNumber(value: number): string {
  if (!Number.isFinite(value)) return '0'
  const text = String(value)
  if (!text.includes('e')) return text
  if (Math.abs(value) >= 1) return BigInt(value).toString()
  // Twelve digits are finer than what any reader calculates with.
  const [whole = '0', part = ''] = value.toFixed(12).split('.')
  const digits = part.replace(/0+$/, '')
  return digits ? `${whole}.${digits}` : '0'
}

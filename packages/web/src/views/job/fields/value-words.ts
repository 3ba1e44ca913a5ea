import type { FieldValue } from '../../../api/extraction.ts'

/** What of the fields of a document is a quantity or a rate; other texts are only texts, whatever they look like. */
export const decimalNames: readonly string[] = [
  'quantity',
  'priceQuantity',
  'discountPercent',
  'percent',
  'vatRate',
  'rate',
]

/** A value as text, as it can be typed; a currency stands behind its amount. @param language BCP 47 */
export function valueText(name: string, value: FieldValue | null, language: string): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return decimalNames.includes(name) ? decimalText(value, language) : value
  const amount = decimalText(value.amount, language)
  return value.currency === null ? amount : `${amount} ${value.currency}`
}

/**
 * What was typed, as a value of the kind that was read. Whether it can be one is decided by the service.
 * @param was what was read
 */
export function typedValue(name: string, text: string, was: FieldValue, language: string): FieldValue {
  if (typeof was === 'number') return /^\d{1,9}$/.test(text) ? Number(text) : text
  if (typeof was === 'string') return decimalNames.includes(name) ? decimalIn(text, language) : text
  const [, amount = text, currency] = /^(.*?)\s*([A-Z]{3})?$/.exec(text) ?? []
  const read = decimalIn(amount, language)
  return currency === undefined ? read : { amount: read, currency }
}

/** `-1234.50` as the language writes it: no digit is lost and none is added. Any other text stays as it is. */
export function decimalText(text: string, language: string): string {
  const { group, point } = marksOf(language)
  return text.replace(/^(-?)(\d+)(?:\.(\d+))?$/, (_, sign: string, whole: string, rest?: string) => {
    const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group)
    return sign + grouped + (rest === undefined ? '' : point + rest)
  })
}

/**
 * The other way round: `-1.234,50` as `-1234.50`. A mark that groups is one only where it stands before three digits: what is
 * typed as programs write it is taken as that.
 */
function decimalIn(text: string, language: string): string {
  const { group, point } = marksOf(language)
  const written = new RegExp(`^([-−]?)(\\d+|\\d{1,3}(?:[${group}]\\d{3})+)(?:[${point}](\\d+))?$`)
  const [, sign = '', whole, rest] = written.exec(text) ?? []
  if (whole === undefined) return text
  return `${sign && '-'}${whole.replaceAll(group, '')}${rest === undefined ? '' : `.${rest}`}`
}

/** What a language writes between thousands and before decimals (CLDR). */
function marksOf(language: string): { group: string; point: string } {
  const parts = new Intl.NumberFormat(language).formatToParts(-12_345.6)
  const mark = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  return { group: mark('group'), point: mark('decimal') }
}

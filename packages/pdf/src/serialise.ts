import { isDictionary, isReference } from './pdf-objects.ts'
import { textBytes } from './text-string.ts'

/** A value of qpdf's JSON, version 2, in the syntax of PDF (ISO 32000-1, 7.3). */
export function serialise(value: unknown): string {
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string') return isReference(value) ? value : named(value)
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(serialise).join(' ')}]`
  if (!isDictionary(value)) return 'null'
  let entries = ''
  for (const [key, each] of Object.entries(value))
    // An entry of null is the same as none.
    if (each !== null && each !== undefined) entries += `${name(key)} ${serialise(each)}`
  return `<<${entries}>>`
}

/** PDF knows no exponents; twelve digits are finer than what any reader calculates with. */
function number(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text
}

/** A name or a string; anything else that qpdf writes as text, it writes in the syntax of PDF. */
function named(value: string): string {
  if (value.startsWith('/')) return name(value)
  if (value.startsWith('u:')) return string(textBytes(value.slice(2)))
  if (value.startsWith('b:')) return `<${value.slice(2)}>`
  return value
}

function string(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /^[\x20-\x7e]*$/.test(text)
    ? `(${text.replaceAll(/[\\()]/g, String.raw`\$&`)})`
    : `<${bytes.toString('hex')}>`
}

const irregular = /[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/

function name(value: string): string {
  const characters = value.slice(1)
  if (!irregular.test(characters)) return value
  let written = '/'
  for (const byte of Buffer.from(characters)) {
    const character = String.fromCharCode(byte)
    written += irregular.test(character) ? `#${byte.toString(16).padStart(2, '0')}` : character
  }
  return written
}

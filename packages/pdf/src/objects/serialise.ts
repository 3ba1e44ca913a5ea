import { isDictionary, isReference } from '../pdf-objects.ts'
import { textBytes } from '../text-string.ts'
import { writtenName } from './names.ts'
import { writtenNumber } from './numbers.ts'

/** Gives the reference that takes the place of another; undefined where it leads nowhere. */
export type Renamed = (reference: string) => string | undefined

/** A value in the syntax of PDF (ISO 32000-1, 7.3), a character for each byte. */
export function serialise(value: unknown, renamed: Renamed = (reference) => reference): string {
  if (typeof value === 'number') return writtenNumber(value)
  if (typeof value === 'string') return isReference(value) ? (renamed(value) ?? 'null') : named(value)
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map((each) => serialise(each, renamed)).join(' ')}]`
  if (!isDictionary(value)) return 'null'
  let entries = ''
  for (const [key, each] of Object.entries(value)) {
    // An entry of null is the same as none.
    if (each === null || each === undefined) continue
    const written = serialise(each, renamed)
    entries += `${writtenName(key)}${/^[[(</]/.test(written) ? '' : ' '}${written}`
  }
  return `<<${entries}>>`
}

/** A name or a string: `b:` and its bytes in hexadecimal, or `u:` and its text. */
function named(value: string): string {
  if (value.startsWith('/')) return writtenName(value)
  if (value.startsWith('u:')) return string(textBytes(value.slice(2)))
  if (value.startsWith('b:')) return string(Buffer.from(value.slice(2), 'hex'))
  throw new Error(`no value of a document: ${value.slice(0, 40)}`)
}

function string(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /^[\x20-\x7e]*$/.test(text)
    ? `(${text.replaceAll(/[\\()]/g, String.raw`\$&`)})`
    : `<${bytes.toString('hex')}>`
}

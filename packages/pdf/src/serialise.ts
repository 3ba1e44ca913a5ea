import { type Dictionary, isDictionary, isReference } from './pdf-objects.ts'
import { textBytes } from './text-string.ts'

/** How values are written: those that hold no others, keys, and what stands around and between. */
type Syntax = {
  leaf: (value: unknown) => string
  key: (key: string) => string
  array: readonly [open: string, between: string, close: string]
  dictionary: readonly [open: string, between: string, close: string]
  /** The entries of a dictionary in the order in which they are written. */
  entriesOf: (dictionary: Dictionary) => [string, unknown][]
}

/** A value of qpdf's JSON, version 2, in the syntax of PDF (ISO 32000-1, 7.3), however deep. */
export const serialise = (value: unknown): string =>
  written(value, {
    leaf,
    key: (key) => `${name(key)} `,
    array: ['[', ' ', ']'],
    dictionary: ['<<', '', '>>'],
    // An entry of null is the same as none.
    entriesOf: (dictionary) =>
      Object.entries(dictionary).filter(([, each]) => each !== null && each !== undefined),
  })

const asJson = {
  leaf: (value: unknown) => JSON.stringify(value ?? null),
  key: (key: string) => `${JSON.stringify(key)}:`,
  array: ['[', ',', ']'],
  dictionary: ['{', ',', '}'],
} as const

/** A value as JSON, however deep. */
export const jsonOf = (value: unknown): string =>
  written(value, {
    ...asJson,
    entriesOf: (dictionary) => Object.entries(dictionary).filter(([, each]) => each !== undefined),
  })

/** A text that is the same for equal values, whatever order their entries have, and for no others. */
export const sameText = (value: unknown): string =>
  written(value, {
    ...asJson,
    entriesOf: (dictionary) => Object.entries(dictionary).sort(([one], [other]) => (one < other ? -1 : 1)),
  })

/** What is being written: items, or entries with their keys. */
type Open = {
  items: readonly unknown[]
  keys?: readonly string[]
  at: number
  close: string
  between: string
}

function written(value: unknown, syntax: Syntax): string {
  let text = ''
  const open: Open[] = []
  const begin = (each: unknown) => {
    if (Array.isArray(each)) {
      const [start, between, close] = syntax.array
      text += start
      open.push({ items: each, at: 0, between, close })
    } else if (isDictionary(each)) {
      const [start, between, close] = syntax.dictionary
      const entries = syntax.entriesOf(each)
      text += start
      open.push({
        items: entries.map(([, item]) => item),
        keys: entries.map(([key]) => syntax.key(key)),
        at: 0,
        between,
        close,
      })
    } else text += syntax.leaf(each)
  }
  begin(value)
  for (let top = open.at(-1); top; top = open.at(-1)) {
    if (top.at === top.items.length) {
      text += top.close
      open.pop()
      continue
    }
    if (top.at > 0) text += top.between
    text += top.keys?.[top.at] ?? ''
    begin(top.items[top.at++])
  }
  return text
}

function leaf(value: unknown): string {
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string') return isReference(value) ? value : named(value)
  return typeof value === 'boolean' ? String(value) : 'null'
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

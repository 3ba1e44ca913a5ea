import { isDictionary, isReference, type Dictionary } from './pdf-objects.ts'
import { textBytes } from './text-string.ts'
import { atOnce, inTurns, type Pause } from '../turns.ts'
import { writtenName } from './names.ts'
import { writtenNumber } from './numbers.ts'

/** Gives the reference that takes the place of another; undefined where it leads nowhere. */
export type Renamed = (reference: string) => string | undefined

/** How values are written: those that hold no others, keys, and what stands around and between. */
type Syntax = {
  leaf: (value: unknown) => string
  /** What stands between a key and a leaf. */
  apart: (leaf: string) => string
  key: (key: string) => string
  array: readonly [open: string, between: string, close: string]
  dictionary: readonly [open: string, between: string, close: string]
  /** The entries of a dictionary in the order in which they are written. */
  entriesOf: (dictionary: Dictionary) => [string, unknown][]
}

/** A value in the syntax of PDF (ISO 32000-1, 7.3), a character for each byte, however deep. */
export const serialise = (value: unknown, renamed?: Renamed): string =>
  atOnce(writing(value, pdfSyntax(renamed)))

/** Writes a value as `serialise` does, and lets other work have its turn. */
export const serialiseInTurns = (value: unknown, renamed: Renamed, pause: Pause): Promise<string> =>
  inTurns(writing(value, pdfSyntax(renamed)), pause)

const pdfSyntax = (renamed: Renamed = (reference) => reference): Syntax => ({
  leaf: (each) => leaf(each, renamed),
  apart: (each) => (/^[(</]/.test(each) ? '' : ' '),
  key: writtenName,
  array: ['[', ' ', ']'],
  dictionary: ['<<', '', '>>'],
  // An entry of null is the same as none.
  entriesOf: (dictionary) =>
    Object.entries(dictionary).filter(([, each]) => each !== null && each !== undefined),
})

/** A text that is the same for equal values, whatever order their entries have, and for no others. */
export const sameText = (value: unknown): string => atOnce(writing(value, sameSyntax))

const sameSyntax: Syntax = {
  leaf: (each) => JSON.stringify(each ?? null),
  apart: () => '',
  key: (key) => `${JSON.stringify(key)}:`,
  array: ['[', ',', ']'],
  dictionary: ['{', ',', '}'],
  entriesOf: (dictionary) => Object.entries(dictionary).sort(([one], [other]) => (one < other ? -1 : 1)),
}

/** What is being written: items, or entries with their keys. */
type Open = {
  items: readonly unknown[]
  keys?: readonly string[]
  at: number
  close: string
  between: string
}

/** Items that are written in one step. */
const itemsInStep = 4096

function* writing(value: unknown, syntax: Syntax): Generator<undefined, string> {
  let text = ''
  const open: Open[] = []
  const begin = (each: unknown, isEntry: boolean) => {
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
    } else {
      const leaf = syntax.leaf(each)
      text += isEntry ? syntax.apart(leaf) + leaf : leaf
    }
  }
  begin(value, false)
  let items = 0
  for (let top = open.at(-1); top; top = open.at(-1)) {
    if (++items % itemsInStep === 0) yield
    if (top.at === top.items.length) {
      text += top.close
      open.pop()
      continue
    }
    if (top.at > 0) text += top.between
    text += top.keys?.[top.at] ?? ''
    begin(top.items[top.at++], top.keys !== undefined)
  }
  return text
}

function leaf(value: unknown, renamed: Renamed): string {
  if (typeof value === 'number') return writtenNumber(value)
  if (typeof value === 'string') return isReference(value) ? (renamed(value) ?? 'null') : named(value)
  return typeof value === 'boolean' ? String(value) : 'null'
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

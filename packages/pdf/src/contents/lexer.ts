import { isRegularByte, isSpaceByte } from '../objects/characters.ts'
import { nameOf } from '../objects/names.ts'
import { endOfLiteral } from '../objects/tokens.ts'

/** A piece of a content stream between white space and comments; `start` and `end` are places in its bytes. */
export type Token = { start: number; end: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'string' }
  | { kind: 'open' | 'close'; bracket: '[' | '<<' }
  | { kind: 'word'; word: string }
  | { kind: 'bad' }
)

/** An end of the bytes counts as white space. */
export const isSpace = (bytes: Uint8Array, at: number) => isSpaceByte(bytes[at])
export const isRegular = (bytes: Uint8Array, at: number) => at < bytes.length && isRegularByte(bytes[at] ?? 0)

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)$/
const [lineFeed, carriageReturn] = [10, 13]
const tokenText = (bytes: Uint8Array, start: number, end: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')

/** The token at or after a place (ISO 32000-1, 7.2 and 7.3); undefined at the end. What is none is bad. */
export function tokenAt(bytes: Uint8Array, from: number): Token | undefined {
  const start = skipped(bytes, from)
  if (start >= bytes.length) return undefined
  const first = String.fromCharCode(bytes[start] ?? 0)
  switch (first) {
    case '/': {
      const end = endOfRegular(bytes, start + 1)
      return { kind: 'name', name: nameOf(tokenText(bytes, start, end)), start, end }
    }
    case '(':
      return { ...ended(endOfLiteral(bytes, start)), start }
    case '[':
      return { kind: 'open', bracket: '[', start, end: start + 1 }
    case ']':
      return { kind: 'close', bracket: '[', start, end: start + 1 }
    case '<':
    case '>':
      return angled(bytes, start, first)
    case ')':
    case '{':
    case '}':
      return { kind: 'bad', start, end: start + 1 }
    default:
      return wordAt(bytes, start)
  }
}

/** White space and comments end here. */
export function skipped(bytes: Uint8Array, at: number): number {
  for (; at < bytes.length; at++) {
    if (bytes[at] === 0x25) {
      while (at < bytes.length && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at++
    } else if (!isSpace(bytes, at)) return at
  }
  return bytes.length
}

function wordAt(bytes: Uint8Array, start: number): Token {
  const end = endOfRegular(bytes, start)
  const word = tokenText(bytes, start, end)
  return numeric.test(word)
    ? { kind: 'number', value: Number(word), start, end }
    : { kind: 'word', word, start, end }
}

function angled(bytes: Uint8Array, start: number, first: '<' | '>'): Token {
  if (bytes[start + 1] === bytes[start])
    return { kind: first === '<' ? 'open' : 'close', bracket: '<<', start, end: start + 2 }
  if (first === '>') return { kind: 'bad', start, end: start + 1 }
  const close = bytes.indexOf(0x3e, start)
  return { ...ended(close < 0 ? undefined : close + 1), start }
}

/** A string that does not end is bad, whatever follows. */
const ended = (end: number | undefined): { kind: 'string' | 'bad'; end: number } =>
  end === undefined ? { kind: 'bad', end: Infinity } : { kind: 'string', end }

function endOfRegular(bytes: Uint8Array, at: number): number {
  while (isRegular(bytes, at)) at++
  return at
}

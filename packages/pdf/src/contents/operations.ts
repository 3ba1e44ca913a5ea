import { hexBytes, literalBytes } from '../objects/strings.ts'
import { isRegular, isSpace, skipped, type Token, tokenAt } from './lexer.ts'

/** What stands before an operator. Names are as they are meant, with their slash. */
export type Operand =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'items'; items: Operand[] }
  /** With its place in the contents. */
  | { kind: 'string'; start: number; end: number }
  | { kind: 'other' }

/**
 * A stretch of a content stream: an operator with its operands and all white space and comments before them. An inline
 * image is one operation, `BI`, whose operands are its entries. After the last operator stands `space`; `unknown` is
 * all from where it cannot be read. The stretches follow each other without gaps.
 */
export type Operation = { start: number; end: number } & (
  | { kind: 'operator'; operator: string; operands: Operand[] }
  | { kind: 'space' | 'unknown' }
)

/** Arrays and dictionaries are not nested deeper. */
const mostDepth = 32
/** What follows an inline image is looked at so far, in bytes and operators, to know that it has ended. */
const [lookAhead, operatorsAhead] = [256, 3]

/** The operators that there are (ISO 32000-1, annex A). */
const operators = new Set(
  `b B b* B* BDC BI BMC BT BX c cm cs CS d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re
  RG rg ri s S sc SC scn SCN sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`.split(/\s+/),
)
const constants = new Set(['true', 'false', 'null'])

export const isOperator = (word: string) => operators.has(word)

/** Reads a content stream operator by operator (ISO 32000-1, 7.8.2). */
export function* operationsIn(bytes: Uint8Array): Generator<Operation, void> {
  let [start, at] = [0, 0]
  let operands: Operand[] = []
  for (let token = tokenAt(bytes, at); token; token = tokenAt(bytes, at)) {
    if (token.kind === 'word' && !constants.has(token.word)) {
      const operation = token.word === 'BI' ? inlineImage(bytes, token.end) : { operands, end: token.end }
      if (!operation) break
      at = operation.end
      yield { kind: 'operator', operator: token.word, operands: operation.operands, start, end: at }
      start = at
      operands = []
    } else {
      const read = operandAt(bytes, token, 0)
      if (!read) break
      operands.push(read.operand)
      at = read.end
    }
  }
  if (start === bytes.length) return
  yield { kind: skipped(bytes, start) === bytes.length ? 'space' : 'unknown', start, end: bytes.length }
}

/** The operand that begins with a token, and where it ends; undefined where there is none. */
function operandAt(
  bytes: Uint8Array,
  token: Token,
  depth: number,
): { operand: Operand; end: number } | undefined {
  const { end } = token
  switch (token.kind) {
    case 'number':
      return { operand: { kind: 'number', value: token.value }, end }
    case 'name':
      return { operand: { kind: 'name', name: token.name }, end }
    case 'string':
      return { operand: { kind: 'string', start: token.start, end }, end }
    case 'word':
      return constants.has(token.word) ? { operand: { kind: 'other' }, end } : undefined
    case 'open':
      return depth < mostDepth ? itemsAt(bytes, token.bracket, end, depth + 1) : undefined
    case 'close':
    case 'bad':
      return undefined
  }
  return token satisfies never
}

/** The bytes that a string among operands stands for. */
export function bytesOfString(
  contents: Uint8Array,
  { start, end }: Extract<Operand, { kind: 'string' }>,
): Buffer {
  const within = Buffer.from(contents.buffer, contents.byteOffset + start + 1, end - start - 2)
  return contents[start] === 0x28 ? literalBytes(within) : hexBytes(within)
}

function itemsAt(bytes: Uint8Array, bracket: '[' | '<<', from: number, depth: number) {
  const items: Operand[] = []
  let at = from
  for (let token = tokenAt(bytes, at); token; token = tokenAt(bytes, at)) {
    if (token.kind === 'close' && token.bracket === bracket)
      return { operand: { kind: 'items' as const, items }, end: token.end }
    const read = operandAt(bytes, token, depth)
    if (!read) return undefined
    items.push(read.operand)
    at = read.end
  }
  return undefined
}

/** The entries of an inline image (8.9.7) from behind its `BI`, and where its `EI` ends. */
function inlineImage(bytes: Uint8Array, from: number): { operands: Operand[]; end: number } | undefined {
  const operands: Operand[] = []
  let at = from
  for (let token = tokenAt(bytes, at); token; token = tokenAt(bytes, at)) {
    if (token.kind === 'word' && token.word === 'ID') {
      const end = endOfData(bytes, token.end + 1)
      return end === undefined ? undefined : { operands, end }
    }
    const read = operandAt(bytes, token, 0)
    if (!read) return undefined
    operands.push(read.operand)
    at = read.end
  }
  return undefined
}

/** Samples may hold the letters EI as well, but hardly between white space and in front of content. */
function endOfData(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0x45, from); at >= 0; at = bytes.indexOf(0x45, at + 1)) {
    const isEnd = bytes[at + 1] === 0x49 && isSpace(bytes, at - 1) && !isRegular(bytes, at + 2)
    if (isEnd && isContent(bytes.subarray(at + 2, at + 2 + lookAhead))) return at + 2
  }
  return undefined
}

function isContent(bytes: Uint8Array): boolean {
  let seen = 0
  for (let token = tokenAt(bytes, 0); token && seen < operatorsAhead; token = tokenAt(bytes, token.end)) {
    // What is cut off says nothing.
    if (token.end >= bytes.length && bytes.length === lookAhead) return true
    if (token.kind === 'bad') return false
    if (token.kind !== 'word' || constants.has(token.word)) continue
    if (!isOperator(token.word)) return false
    if (token.word === 'BI') return true
    seen++
  }
  return true
}

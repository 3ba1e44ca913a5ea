import type { BitWriter } from './bits.ts'
import { type Header, headerOf, writeHeader } from './code-lengths.ts'
import { codeLengthsOf, codesOf } from './huffman.ts'
import {
  distanceSymbols,
  endOfBlock,
  extraOfDistance,
  extraOfLiteral,
  startOfDistance,
  startOfLength,
  symbolOfDistance,
  symbolOfLength,
} from './symbols.ts'
import type { Histogram, Tokens } from './tokens.ts'

/** Lengths of the codes for literals and lengths, and for distances. */
export type Codes = { literals: Uint8Array; distances: Uint8Array }

/** The form in which a block takes least, and its bits in that form. */
export type Form = { bits: number } & (
  | { kind: 'stored' }
  | { kind: 'fixed' }
  | { kind: 'dynamic'; codes: Codes; header: Header }
)

const longestCode = 15
/** Bytes that one stored block holds. */
const mostStored = 65535

/** The codes that need no header (RFC 1951, 3.2.6). */
export const fixedCodes: Codes = {
  literals: Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  ),
  distances: new Uint8Array(distanceSymbols).fill(5),
}

/**
 * The smallest form of a block with these symbols.
 * @param bytes how many it stands for; stored blocks are taken to need a whole byte to start at one
 */
export function smallestForm(histogram: Histogram, bytes: number): Form {
  const stored: Form = { kind: 'stored', bits: Math.max(1, Math.ceil(bytes / mostStored)) * 42 + bytes * 8 }
  const fixed: Form = { kind: 'fixed', bits: 3 + bitsOf(histogram, fixedCodes) }
  return [stored, fixed].reduce((best, each) => (each.bits < best.bits ? each : best), dynamicForm(histogram))
}

function dynamicForm(histogram: Histogram): Form {
  const codes = {
    literals: codeLengthsOf(histogram.literals, longestCode),
    distances: codeLengthsOf(histogram.distances, longestCode),
  }
  const header = headerOf(codes.literals, codes.distances)
  return { kind: 'dynamic', codes, header, bits: 3 + header.bits + bitsOf(histogram, codes) }
}

/** What the symbols take, with their extra bits. */
function bitsOf({ literals, distances }: Histogram, codes: Codes): number {
  let bits = 0
  for (const [symbol, count] of literals.entries())
    bits += count * ((codes.literals[symbol] ?? 0) + (extraOfLiteral[symbol] ?? 0))
  for (const [symbol, count] of distances.entries())
    bits += count * ((codes.distances[symbol] ?? 0) + (extraOfDistance[symbol] ?? 0))
  return bits
}

/** A block: some of the tokens, and the bytes that they stand for. */
export type Block = { form: Form; from: number; to: number; start: number; end: number }

const kinds = { stored: 0, fixed: 1, dynamic: 2 } as const

/** Writes one block. */
export function writeBlock(
  block: Block,
  tokens: Tokens,
  bytes: Uint8Array,
  isLast: boolean,
  out: BitWriter,
): void {
  const { form } = block
  if (form.kind === 'stored') return writeStored(bytes.subarray(block.start, block.end), isLast, out)
  out.write(isLast ? 1 : 0, 1)
  out.write(kinds[form.kind], 2)
  if (form.kind === 'dynamic') writeHeader(form.header, out)
  writeTokens(tokens, block, form.kind === 'dynamic' ? form.codes : fixedCodes, out)
}

function writeStored(bytes: Uint8Array, isLast: boolean, out: BitWriter): void {
  let from = 0
  do {
    const part = bytes.subarray(from, from + mostStored)
    from += part.length
    out.write(isLast && from === bytes.length ? 1 : 0, 1)
    out.write(kinds.stored, 2)
    out.align()
    out.write(part.length, 16)
    out.write(~part.length & 0xffff, 16)
    out.append(part)
  } while (from < bytes.length)
}

function writeTokens({ lengths, values }: Tokens, { from, to }: Block, codes: Codes, out: BitWriter): void {
  const [literals, distances] = [codesOf(codes.literals), codesOf(codes.distances)]
  const putLiteral = (symbol: number) => out.write(literals[symbol] ?? 0, codes.literals[symbol] ?? 0)
  for (let at = from; at < to; at++) {
    const [length, value] = [lengths[at] ?? 0, values[at] ?? 0]
    if (length === 0) {
      putLiteral(value)
      continue
    }
    const symbol = symbolOfLength[length] ?? 0
    putLiteral(symbol)
    out.write(length - (startOfLength[symbol] ?? 0), extraOfLiteral[symbol] ?? 0)
    const far = symbolOfDistance[value] ?? 0
    out.write(distances[far] ?? 0, codes.distances[far] ?? 0)
    out.write(value - (startOfDistance[far] ?? 0), extraOfDistance[far] ?? 0)
  }
  putLiteral(endOfBlock)
}

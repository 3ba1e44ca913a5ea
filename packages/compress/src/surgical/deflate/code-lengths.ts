import type { BitWriter } from './bits.ts'
import { codeLengthsOf, codesOf } from './huffman.ts'

/** How the lengths of codes stand at the head of a block (RFC 1951, 3.2.7). */
export type Header = {
  literalCount: number
  distanceCount: number
  /** Symbols 0 to 18, with the extra bits of the last three. */
  symbols: number[]
  extras: number[]
  /** Lengths of the codes for these symbols. */
  lengths: Uint8Array
  /** Bits of the whole. */
  bits: number
}

/** The order in which the lengths of the codes for symbols stand. */
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
/** Symbols that repeat: the length before, 3 to 6 times; zero, 3 to 10 and 11 to 138 times. */
const [repeat, zeros, manyZeros] = [16, 17, 18]
const extraOf = (symbol: number) =>
  symbol === repeat ? 2 : symbol === zeros ? 3 : symbol === manyZeros ? 7 : 0

/** Which symbols that repeat may be used. */
type Form = { repeats: boolean; zeros: boolean; manyZeros: boolean }

const forms: readonly Form[] = Array.from({ length: 8 }, (_, bits) => ({
  repeats: (bits & 1) === 0,
  zeros: (bits & 2) === 0,
  manyZeros: (bits & 4) === 0,
}))

/** The shortest header for the lengths of two codes: a symbol fewer to tell apart may be worth more than it saves. */
export function headerOf(literals: Uint8Array, distances: Uint8Array): Header {
  const literalCount = Math.max(257, usedLength(literals))
  const distanceCount = Math.max(1, usedLength(distances))
  const all = [...literals.subarray(0, literalCount), ...distances.subarray(0, distanceCount)]
  const [first, ...others] = forms.map((form) => headerIn(form, all))
  const best = others.reduce(
    (best, each) => (each.bits < best.bits ? each : best),
    first ?? headerIn(everything, all),
  )
  return { literalCount, distanceCount, ...best }
}

const everything: Form = { repeats: true, zeros: true, manyZeros: true }

const usedLength = (lengths: Uint8Array) => lengths.findLastIndex((length) => length > 0) + 1

function headerIn(form: Form, all: readonly number[]) {
  const [symbols, extras] = runsOf(form, all)
  const counts = new Uint32Array(order.length)
  for (const symbol of symbols) counts[symbol] = (counts[symbol] ?? 0) + 1
  const lengths = codeLengthsOf(counts, 7)
  let bits = 14 + 3 * orderedCount(lengths)
  for (const symbol of symbols) bits += (lengths[symbol] ?? 0) + extraOf(symbol)
  return { symbols, extras, lengths, bits }
}

const orderedCount = (lengths: Uint8Array) =>
  Math.max(4, order.findLastIndex((symbol) => (lengths[symbol] ?? 0) > 0) + 1)

function runsOf(form: Form, all: readonly number[]): [symbols: number[], extras: number[]] {
  const [symbols, extras]: [number[], number[]] = [[], []]
  const put = (symbol: number, extra: number) => {
    symbols.push(symbol)
    extras.push(extra)
  }
  for (let at = 0; at < all.length;) {
    const length = all[at] ?? 0
    let left = 1
    while (all[at + left] === length) left++
    at += left
    if (length === 0) left = putZeros(form, left, put)
    else if (form.repeats && left > 3) {
      put(length, 0)
      left = putRepeats(left - 1, put)
    }
    while (left-- > 0) put(length, 0)
  }
  return [symbols, extras]
}

type Put = (symbol: number, extra: number) => void

/** @returns how many are left */
function putZeros(form: Form, count: number, put: Put): number {
  let left = count
  for (; form.manyZeros && left >= 11; left -= Math.min(left, 138)) put(manyZeros, Math.min(left, 138) - 11)
  for (; form.zeros && left >= 3; left -= Math.min(left, 10)) put(zeros, Math.min(left, 10) - 3)
  return left
}

/** @returns how many are left */
function putRepeats(count: number, put: Put): number {
  let left = count
  while (left >= 3) {
    // Of 7 and 8 a whole run would leave a rest that none can tell.
    const run = left === 7 ? 4 : left === 8 ? 5 : Math.min(left, 6)
    put(repeat, run - 3)
    left -= run
  }
  return left
}

/** Writes a header after the bits that announce it. */
export function writeHeader(
  { literalCount, distanceCount, symbols, extras, lengths }: Header,
  out: BitWriter,
): void {
  const count = orderedCount(lengths)
  out.write(literalCount - 257, 5)
  out.write(distanceCount - 1, 5)
  out.write(count - 4, 4)
  for (const symbol of order.slice(0, count)) out.write(lengths[symbol] ?? 0, 3)
  const codes = codesOf(lengths)
  for (const [at, symbol] of symbols.entries()) {
    out.write(codes[symbol] ?? 0, lengths[symbol] ?? 0)
    out.write(extras[at] ?? 0, extraOf(symbol))
  }
}

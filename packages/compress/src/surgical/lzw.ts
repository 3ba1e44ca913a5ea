import { JobFailure } from '@pdf-smaller/contracts'
import { mostUnpackedBytes } from './most-unpacked.ts'

/** Codes that are no strings (ISO 32000-1, 7.4.4.2), and the bounds of the length of a code. */
const [clear, end] = [256, 257]
const [shortest, longest] = [9, 12]

/**
 * The bytes behind LZW codes; undefined where they are broken. What stands before an early end is kept.
 * @param early how many codes before it must, a code grows by a bit: 1, or 0 where EarlyChange says so
 * @throws JobFailure decompression_bomb
 */
export function fromLzw(codes: Uint8Array, early: 0 | 1): Uint8Array | undefined {
  const strings = openStrings()
  const output = openOutput()
  let [bits, held, width, previous] = [0, 0, shortest, -1]
  for (const byte of codes) {
    bits = ((bits << 8) | byte) & 0xffffff
    held += 8
    if (held < width) continue
    held -= width
    const code = (bits >> held) & ((1 << width) - 1)
    if (code === end) return output.bytes()
    if (code === clear) {
      strings.clear()
      ;[width, previous] = [shortest, -1]
      continue
    }
    if (previous >= 0) strings.grow(previous, code)
    if (!strings.has(code)) return undefined
    output.add(strings, code)
    previous = code
    if (strings.count() + early >= 1 << width && width < longest) width++
  }
  return output.bytes()
}

type Strings = ReturnType<typeof openStrings>

/** Strings by their code: each is another one and a byte. */
function openStrings() {
  const [prefixes, lasts] = [new Uint16Array(1 << longest), new Uint8Array(1 << longest)]
  const [firsts, lengths] = [new Uint8Array(1 << longest), new Uint16Array(1 << longest)]
  for (let byte = 0; byte < clear; byte++) {
    lasts[byte] = firsts[byte] = byte
    lengths[byte] = 1
  }
  let count = end + 1
  return {
    prefixes,
    lasts,
    lengths,
    count: () => count,
    clear: () => void (count = end + 1),
    has: (code: number) => code < count && code !== clear && code !== end,
    /** Adds the string of a code with the first byte of the one that follows it. */
    grow: (previous: number, next: number) => {
      if (count === 1 << longest) return
      prefixes[count] = previous
      firsts[count] = firsts[previous] ?? 0
      lasts[count] = (next === count ? firsts[previous] : firsts[next]) ?? 0
      lengths[count] = (lengths[previous] ?? 0) + 1
      count++
    },
  }
}

function openOutput() {
  let [buffer, length] = [Buffer.alloc(1 << 16), 0]
  return {
    bytes: () => buffer.subarray(0, length),
    add: ({ prefixes, lasts, lengths }: Strings, code: number) => {
      const from = length
      length += lengths[code] ?? 0
      if (length > mostUnpackedBytes)
        throw new JobFailure('decompression_bomb', `LZW codes unpack to over ${mostUnpackedBytes} bytes`)
      if (length > buffer.length) buffer = Buffer.concat([buffer], Math.max(length, buffer.length * 2))
      for (let at = length - 1; at >= from; at--) {
        buffer[at] = lasts[code] ?? 0
        code = prefixes[code] ?? 0
      }
    },
  }
}

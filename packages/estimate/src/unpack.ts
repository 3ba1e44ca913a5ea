import { constants, inflateSync } from 'node:zlib'

/** As much as the beginning of an image may come to. */
const mostUnwrapped = 1024 * 1024

/** The beginning of a stream without what is wrapped around its last filter, as far as that can be undone. */
export function unwrapped(head: Buffer, filters: readonly string[]): Buffer {
  return filters.reduce((data, filter) => {
    if (filter === 'ASCII85Decode' || filter === 'A85') return fromAscii85(data)
    if (filter === 'ASCIIHexDecode' || filter === 'AHx')
      return Buffer.from(data.toString('latin1').replaceAll(/[^\dA-Fa-f]/g, ''), 'hex')
    return filter === 'FlateDecode' || filter === 'Fl' ? (unpacked(data, mostUnwrapped) ?? data) : data
  }, head)
}

/** Whole groups of five digits in base 85 (ISO 32000-1, 7.4.3). */
function fromAscii85(text: Buffer): Buffer {
  const bytes = Buffer.alloc(text.length * 4)
  let [length, digits, value] = [0, 0, 0]
  for (const code of text) {
    const isZero = code === 0x7a && digits === 0
    if (!isZero && (code < 0x21 || code > 0x75)) continue
    value = isZero ? 0 : value * 85 + code - 0x21
    digits = isZero ? 5 : digits + 1
    if (digits < 5) continue
    length = bytes.writeUInt32BE(value % 2 ** 32, length)
    ;[digits, value] = [0, 0]
  }
  return bytes.subarray(0, length)
}

/**
 * What Flate data unpack to, or the beginning of it where they are cut off. Undefined when it is more than allowed, and
 * for what is encrypted or damaged. It does not wait: what is asked for is small.
 */
export function unpacked(data: Buffer, mostBytes: number): Buffer | undefined {
  try {
    return inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes })
  } catch {
    return undefined
  }
}

/**
 * The beginning of what Flate data unpack to.
 * @returns it, and how many bytes it took in data; undefined for what is encrypted or damaged
 */
export function unpackedBeginning(
  data: Buffer,
  mostBytes: number,
): { content: Buffer; taken: number } | undefined {
  // What unpacks to more than is allowed is tried in smaller pieces: at best, Flate makes a thousandth of data.
  for (let taken = data.length; taken > leastData; taken >>= 2) {
    const content = unpacked(data.subarray(0, taken), mostBytes)
    if (content) return { content, taken }
  }
  return undefined
}

const leastData = 64

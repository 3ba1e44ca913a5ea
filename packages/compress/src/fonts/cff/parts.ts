import { viewOf } from '@pdf-smaller/pdf/sfnt'

/** Items that stand one behind the other, and where they end (Adobe Technical Note 5176, 5: INDEX). */
export type Index = { items: Uint8Array[]; end: number }

/** @throws RangeError on one that is broken */
export function indexAt(bytes: Uint8Array, at: number): Index {
  const view = viewOf(bytes)
  const count = view.getUint16(at)
  if (count === 0) return { items: [], end: at + 2 }
  const size = view.getUint8(at + 2)
  if (size < 1 || size > 4) throw new RangeError('no such size of an offset')
  const before = at + 2 + (count + 1) * size
  const offsetAt = (number: number) => {
    let offset = 0
    for (let each = 0; each < size; each++)
      offset = offset * 256 + view.getUint8(at + 3 + number * size + each)
    return before + offset
  }
  const items = Array.from({ length: count }, (_, number) => {
    const [from, to] = [offsetAt(number), offsetAt(number + 1)]
    if (from > to || to > bytes.length) throw new RangeError('an item ends before it begins')
    return bytes.subarray(from, to)
  })
  return { items, end: offsetAt(count) }
}

export function writtenIndex(items: readonly Uint8Array[]): Buffer {
  if (items.length === 0) return Buffer.alloc(2)
  const total = items.reduce((sum, { length }) => sum + length, 1)
  const size = total < 0x100 ? 1 : total < 0x10000 ? 2 : total < 0x1000000 ? 3 : 4
  const head = Buffer.alloc(3 + (items.length + 1) * size)
  head.writeUInt16BE(items.length)
  head.writeUInt8(size, 2)
  let offset = 1
  for (const [number, { length }] of [...items, { length: 0 }].entries()) {
    head.writeUIntBE(offset, 3 + number * size, size)
    offset += length
  }
  return Buffer.concat([head, ...items])
}

/** An entry of a DICT: its operator (of two bytes: 0xc00 and more), its numbers, and how it is written. */
export type Entry = { operator: number; numbers: number[]; bytes: Uint8Array }

/** The first byte of operators that have two. */
const escape = 12

/**
 * The entries of a DICT (Technical Note 5176, 4). Of real numbers, which lead nowhere, the value is not told.
 * @throws RangeError on one that is broken
 */
export function entriesOf(dict: Uint8Array): Entry[] {
  const view = viewOf(dict)
  const entries: Entry[] = []
  let [start, numbers]: [number, number[]] = [0, []]
  for (let at = 0; at < dict.length;) {
    const first = view.getUint8(at)
    if (first <= 21) {
      const end = at + (first === escape ? 2 : 1)
      const operator = first === escape ? 0xc00 + view.getUint8(at + 1) : first
      entries.push({ operator, numbers, bytes: dict.subarray(start, end) })
      ;[start, numbers] = [end, []]
      at = end
    } else {
      const read = numberAt(view, at, first)
      numbers.push(read.value)
      at = read.end
    }
  }
  return entries
}

function numberAt(view: DataView, at: number, first: number): { value: number; end: number } {
  if (first === 29) return { value: view.getInt32(at + 1), end: at + 5 }
  if (first === 30) return { value: Number.NaN, end: endOfReal(view, at + 1) }
  return shortNumberAt(view, at, first)
}

/**
 * A whole number of up to two bytes, as DICTs and the code of glyphs have them (Technical Notes 5176, 4, and 5177, 3.2).
 * @throws RangeError where there is none
 */
export function shortNumberAt(view: DataView, at: number, first: number): { value: number; end: number } {
  if (first === 28) return { value: view.getInt16(at + 1), end: at + 3 }
  if (first >= 32 && first <= 246) return { value: first - 139, end: at + 1 }
  if (first >= 247 && first <= 250)
    return { value: (first - 247) * 256 + view.getUint8(at + 1) + 108, end: at + 2 }
  if (first >= 251 && first <= 254)
    return { value: -(first - 251) * 256 - view.getUint8(at + 1) - 108, end: at + 2 }
  throw new RangeError('no such number')
}

/** Digits in halves of bytes, up to one that is 15. */
function endOfReal(view: DataView, from: number): number {
  let at = from
  for (let byte = 0; (byte & 0xf) !== 0xf && byte >> 4 !== 0xf; at++) byte = view.getUint8(at)
  return at
}

/** An entry with other numbers, written so that its length tells nothing of them. */
export function entryOf(operator: number, ...numbers: readonly number[]): Buffer {
  const written = numbers.map((value) => {
    const bytes = Buffer.alloc(5, 29)
    bytes.writeInt32BE(value, 1)
    return bytes
  })
  const code = operator >= 0xc00 ? [escape, operator - 0xc00] : [operator]
  return Buffer.concat([...written, Buffer.from(code)])
}

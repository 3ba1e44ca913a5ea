import { assert, boolean, property, uint8Array } from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { fromLzw, fromRunLengths } from './lzw.ts'

/** LZW with a table of strings, which is started anew before it is full (ISO 32000-1, 7.4.4.2). */
function toLzw(bytes: Uint8Array, early: boolean): Buffer {
  const codes = new Map<string, number>()
  let [bits, text, free] = ['', '', 258]
  const write = (code: number) => {
    const codesThere = free + (early ? 1 : 0)
    bits += code.toString(2).padStart(Math.max(9, (codesThere - 1).toString(2).length), '0')
  }
  const codeOf = (string: string) => (string.length === 1 ? string.charCodeAt(0) : codes.get(string))
  write(256)
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte)
    if (codeOf(longer) !== undefined) {
      text = longer
      continue
    }
    write(codeOf(text) ?? 0)
    codes.set(longer, free++)
    text = String.fromCharCode(byte)
    if (free < 4000) continue
    write(codeOf(text) ?? 0)
    free++
    write(256)
    codes.clear()
    ;[text, free] = ['', 258]
  }
  if (text) {
    write(codeOf(text) ?? 0)
    free++
  }
  write(257)
  return Buffer.from(Array.from(bits.match(/.{1,8}/g) ?? [], (each) => parseInt(each.padEnd(8, '0'), 2)))
}

it('gives back what was packed with LZW', () => {
  // The example of the standard.
  const example = Buffer.from('800b6050220c0c8501', 'hex')
  expect(fromLzw(example, true, 100)).toEqual(Buffer.from([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]))
  const few = uint8Array({ max: 3, maxLength: 20_000, size: 'max' })
  assert(
    property(few, boolean(), (bytes, early) =>
      Buffer.from(bytes).equals(fromLzw(toLzw(bytes, early), early, 20_000) ?? Buffer.of(1)),
    ),
    { numRuns: 30 },
  )
})

it('ends with data that is damaged, cut off or too long', () => {
  assert(
    property(uint8Array(), boolean(), (bytes, early) => (fromLzw(bytes, early, 1000)?.length ?? 0) <= 1000),
  )
  expect(fromLzw(toLzw(Buffer.alloc(5000), true), true, 4999)).toBeUndefined()
})

it('gives back what was packed with run lengths', () => {
  const packed = Buffer.from([2, 65, 66, 67, 254, 68, 128, 1])
  expect(fromRunLengths(packed, 100)?.toString()).toBe('ABCDDD')
  expect(fromRunLengths(packed, 5)).toBeUndefined()
})

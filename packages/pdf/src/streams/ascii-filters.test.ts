import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromAscii85, fromAsciiHex } from './ascii-filters.ts'

/** Base 85 with a line break after every group. */
function toAscii85(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const group = Buffer.alloc(4)
    group.set(bytes.subarray(at, at + 4))
    const missing = Math.max(0, at + 4 - bytes.length)
    let value = group.readUInt32BE()
    const digits = Array.from({ length: 5 }, () => {
      const digit = value % 85
      value = Math.floor(value / 85)
      return String.fromCharCode(digit + 33)
    }).reverse()
    const isZero = missing === 0 && group.readUInt32BE() === 0
    text += `${isZero ? 'z' : digits.slice(0, 5 - missing).join('')}\n`
  }
  return `${text}~>`
}

describe('filters that make text of bytes', () => {
  it('are undone for all bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(Buffer.from(fromAscii85(Buffer.from(toAscii85(bytes))) ?? [])).toEqual(Buffer.from(bytes))
        const hex = Buffer.from(`${Buffer.from(bytes).toString('hex')} >`)
        expect(Buffer.from(fromAsciiHex(hex) ?? [])).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('are left alone where they are broken', () => {
    expect(fromAscii85(Buffer.from('ab\x7fde~>'))).toBeUndefined()
    expect(fromAscii85(Buffer.from('uuuuu~>'))).toBeUndefined()
    expect(fromAscii85(Buffer.from('!~>'))).toBeUndefined()
    expect(fromAsciiHex(Buffer.from('0g>'))).toBeUndefined()
    expect(fromAsciiHex(Buffer.from('4 1 5>'))).toEqual(Buffer.from('AP'))
  })
})

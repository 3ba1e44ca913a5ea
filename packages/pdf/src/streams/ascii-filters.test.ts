import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { toAscii85, toAsciiHex } from '../../testing/packings.ts'
import { fromAscii85, fromAsciiHex } from './ascii-filters.ts'

describe('filters that make text of bytes', () => {
  it('are undone for all bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(Buffer.from(fromAscii85(toAscii85(bytes)) ?? [])).toEqual(Buffer.from(bytes))
        expect(Buffer.from(fromAsciiHex(toAsciiHex(bytes)) ?? [])).toEqual(Buffer.from(bytes))
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

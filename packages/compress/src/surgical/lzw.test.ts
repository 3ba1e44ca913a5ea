import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLzw } from '../../testing/lzw.ts'
import { fromLzw } from './lzw.ts'
import { fromRuns } from './run-length.ts'

/** Long enough for codes of every length and for a new start. */
const long = Buffer.from(
  Array.from({ length: 40_000 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) % (at % 7 === 0 ? 251 : 5)),
)

describe('LZW', () => {
  it.each([0, 1] as const)('is undone for all bytes, codes growing %i early', (early) => {
    expect(Buffer.compare(Buffer.from(fromLzw(toLzw(long, early), early) ?? []), long)).toBe(0)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(Buffer.from(fromLzw(toLzw(bytes, early), early) ?? [])).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('is read as the example of the standard shows it', () => {
    const codes = Buffer.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01])
    expect([...(fromLzw(codes, 1) ?? [])]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66])
  })

  it('is left alone where a code stands for nothing, and kept to where it ends early', () => {
    // The code 300 behind a clear.
    expect(fromLzw(Buffer.from([0x80, 0x4b, 0x00]), 1)).toBeUndefined()
    expect(fromLzw(toLzw(long).subarray(0, 5000), 1)?.length).toBeGreaterThan(2000)
  })
})

describe('runs', () => {
  it('are undone, and end where they end', () => {
    expect([...fromRuns(Buffer.from([2, 7, 8, 9, 254, 5, 128, 0, 1]))]).toEqual([7, 8, 9, 5, 5, 5])
    expect([...fromRuns(Buffer.from([3, 7, 8]))]).toEqual([7, 8])
  })
})

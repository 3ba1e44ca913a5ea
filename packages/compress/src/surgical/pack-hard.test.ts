import { readdir } from 'node:fs/promises'
import { deflateSync, gzipSync, inflateSync } from 'node:zlib'
import { engineContext } from '@pdf-smaller/engines/testing/context'
import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { packHard } from './pack-hard.ts'
import { zlibOfGzip } from './zlib-of-gzip.ts'

/** Drawing operators as they stand in contents of pages. */
const contents = (lines: number) =>
  Buffer.from(
    Array.from(
      { length: lines },
      (_, line) => `${(line * line) % 811} ${(line % 70) * 12} ${line % 3 ? 'l' : 'm'}\n`,
    ).join(''),
  )

describe('packHard', () => {
  it.each(['usual', 'hardest'] as const)('packs each of many better than zlib (%s)', async (packing) => {
    await using test = await engineContext()
    const all = Array.from({ length: 40 }, (_, index) => contents(index * 50))
    const packed = await packHard(all, packing, test.context)
    expect(packed.map((each) => inflateSync(each).toString())).toEqual(all.map(String))
    const bytes = (some: readonly Uint8Array[]) => some.reduce((sum, { length }) => sum + length, 0)
    expect(bytes(packed)).toBeLessThan(bytes(all.map((each) => deflateSync(each, { level: 9 }))) * 0.98)
    expect(await readdir(test.folder)).toEqual([])
  })

  it('packs what repeats itself no worse than zlib', async () => {
    await using test = await engineContext()
    const page = Buffer.concat(Array.from({ length: 60 }, () => contents(100)))
    const [packed] = await packHard([page], 'usual', test.context)
    expect(packed?.length).toBeLessThanOrEqual(deflateSync(page, { level: 9 }).length)
  })

  it('packs with zlib where libdeflate is not installed', async () => {
    await using test = await engineContext()
    const path = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      const [packed] = await packHard([contents(500)], 'usual', test.context)
      expect(inflateSync(packed ?? '').toString()).toBe(String(contents(500)))
    } finally {
      process.env['PATH'] = path
    }
  })
})

describe('zlibOfGzip', () => {
  it('keeps any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (plain) => {
        expect(Buffer.compare(inflateSync(zlibOfGzip(gzipSync(plain), plain)), plain)).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  it('refuses a header that it does not know', () => {
    const gzip = gzipSync('text')
    gzip[3] = 4
    expect(() => zlibOfGzip(gzip, Buffer.from('text'))).toThrow('another kind')
  })
})

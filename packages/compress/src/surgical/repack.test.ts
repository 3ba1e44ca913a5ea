import { deflateSync, inflateSync } from 'node:zlib'
import { pdfObjects } from '@pdf-smaller/pdf'
import { describe, expect, it } from 'vitest'
import { predict } from '@pdf-smaller/pdf'
import { repack } from './repack.ts'

const nothing = pdfObjects({ qpdf: [{ maxobjectid: 0 }, {}] })
const rows = Buffer.from(
  Array.from({ length: 200 }, (_, row) => `${row * row} ${row % 7} l`.padEnd(20)).join(''),
)
const flate = { '/Filter': '/FlateDecode', '/Length': 1 }

describe('repack', () => {
  it.each(['usual', 'hardest'] as const)('packs what has no filter (%s)', async (packing) => {
    const packed = await repack({ '/Length': rows.length }, rows, nothing, packing)
    expect(packed?.dictionary).toEqual({ '/Filter': '/FlateDecode' })
    expect(inflateSync(packed?.bytes ?? '').equals(rows)).toBe(true)
  })

  it('gains where zlib has done its best', async () => {
    const best = deflateSync(rows, { level: 9, memLevel: 9 })
    expect(await repack(flate, best, nothing, 'usual')).toBeUndefined()
    const packed = await repack(flate, best, nothing, 'hardest')
    expect(packed?.bytes.length).toBeLessThan(best.length)
    expect(inflateSync(packed?.bytes ?? '').equals(rows)).toBe(true)
  })

  it('keeps a predictor and what it has foretold', async () => {
    const foretold = predict(rows, { predictor: 15, colors: 1, bits: 8, columns: 20 })
    const dictionary = { ...flate, '/DecodeParms': { '/Predictor': 15, '/Columns': 20 } }
    const packed = await repack(dictionary, deflateSync(foretold, { level: 1 }), nothing, 'hardest')
    expect(packed?.dictionary).toEqual({
      '/Filter': '/FlateDecode',
      '/DecodeParms': { '/Predictor': 15, '/Columns': 20 },
    })
    expect(inflateSync(packed?.bytes ?? '').equals(foretold)).toBe(true)
  })

  it('leaves other filters and what cannot gain as they are', async () => {
    expect(await repack({ '/Filter': '/DCTDecode' }, rows, nothing, 'hardest')).toBeUndefined()
    expect(await repack({}, Buffer.from('q Q'), nothing, 'hardest')).toBeUndefined()
  })
})

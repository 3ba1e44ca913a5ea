import { deflateSync, inflateSync } from 'node:zlib'
import { pdfObjects, predict } from '@pdf-smaller/pdf'
import { describe, expect, it } from 'vitest'
import { repack } from './repack.ts'

const nothing = pdfObjects(new Map(), {})
const rows = Buffer.from(
  Array.from({ length: 200 }, (_, row) => `${row * row} ${row % 7} l`.padEnd(20)).join(''),
)
const flate = { '/Filter': '/FlateDecode', '/Length': 1 }

describe('repack', () => {
  it('packs what has no filter', async () => {
    const packed = await repack({ '/Length': rows.length }, rows, nothing)
    expect(packed?.dictionary).toEqual({ '/Filter': '/FlateDecode' })
    expect(inflateSync(packed?.bytes ?? '').equals(rows)).toBe(true)
  })

  it('keeps a predictor and what it has foretold', async () => {
    const foretold = predict(rows, { predictor: 15, colors: 1, bits: 8, columns: 20 })
    const dictionary = { ...flate, '/DecodeParms': { '/Predictor': 15, '/Columns': 20 } }
    const packed = await repack(dictionary, deflateSync(foretold, { level: 1 }), nothing)
    expect(packed?.dictionary).toEqual({
      '/Filter': '/FlateDecode',
      '/DecodeParms': { '/Predictor': 15, '/Columns': 20 },
    })
    expect(inflateSync(packed?.bytes ?? '').equals(foretold)).toBe(true)
  })

  it('leaves other filters and what cannot gain as they are', async () => {
    expect(await repack({ '/Filter': '/DCTDecode' }, rows, nothing)).toBeUndefined()
    expect(await repack({}, Buffer.from('q Q'), nothing)).toBeUndefined()
  })
})

import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toLzw } from '@pdf-smaller/compress/testing/lzw'
import { toAscii85, toAsciiHex, toPngRows, toRunLengths } from '../../testing/packings.ts'
import { type Dictionary, pdfObjects } from '../objects/pdf-objects.ts'
import { decode } from './decode.ts'
import { deflated } from './deflate.ts'
import { inflated } from './inflate.ts'

const objects = pdfObjects(new Map([['7 0 R', { value: '/FlateDecode' }]]), {})
const plain = Buffer.from('0 0 m 10 10 l S '.repeat(100))
const decoded = (bytes: Uint8Array, dictionary: Dictionary, most = 1e6) =>
  decode(bytes, dictionary, objects, most)
const rows = { '/Predictor': 12, '/Columns': 16 }

describe('a stream', () => {
  it.each<[string, Uint8Array, Dictionary]>([
    ['nothing', plain, {}],
    ['Flate', deflateSync(plain), { '/Filter': '/FlateDecode' }],
    ['a filter that is an object of its own', deflateSync(plain), { '/Filter': ['7 0 R'] }],
    [
      'Flate and a predictor',
      deflateSync(toPngRows(plain, 16)),
      { '/Filter': '/FlateDecode', '/DecodeParms': rows },
    ],
    ['LZW', toLzw(plain), { '/Filter': ['/LZWDecode'] }],
    [
      'LZW that grows late',
      toLzw(plain, 0),
      { '/Filter': ['/LZWDecode'], '/DecodeParms': [{ '/EarlyChange': 0 }] },
    ],
    ['LZW and a predictor', toLzw(toPngRows(plain, 16)), { '/Filter': '/LZWDecode', '/DecodeParms': rows }],
    ['run lengths', toRunLengths(plain), { '/Filter': '/RL' }],
    ['ASCII85 over Flate', toAscii85(deflateSync(plain)), { '/Filter': ['/ASCII85Decode', '/FlateDecode'] }],
    [
      'ASCIIHex over LZW over run lengths',
      toAsciiHex(toLzw(toRunLengths(plain))),
      { '/Filter': ['/AHx', '/LZW', '/RL'] },
    ],
  ])('is unpacked from %s', async (_, bytes, dictionary) => {
    expect(Buffer.from((await decoded(bytes, dictionary)) ?? [])).toEqual(plain)
  })

  it.each<[string, Dictionary]>([
    ['a filter for pictures', { '/Filter': '/DCTDecode' }],
    ['a filter that nobody knows', { '/Filter': ['/FlateDecode', '/Other'] }],
    ['data in another file', { '/F': 'b:41' }],
    ['a predictor that makes no sense', { '/Filter': '/Fl', '/DecodeParms': { '/Predictor': 99 } }],
    ['columns that no file has', { '/Filter': '/Fl', '/DecodeParms': { '/Predictor': 12, '/Columns': 1e9 } }],
  ])('is not unpacked with %s', async (_, dictionary) => {
    expect(await decoded(deflateSync(plain), dictionary)).toBeUndefined()
  })

  it.each<[string, Uint8Array, Dictionary]>([
    ['Flate', deflateSync(plain), { '/Filter': '/FlateDecode' }],
    ['Flate over Flate', deflateSync(deflateSync(plain)), { '/Filter': ['/Fl', '/Fl'] }],
  ])('of %s is not unpacked to more than it may', async (_, bytes, dictionary) => {
    await expect(decoded(bytes, dictionary, plain.length - 1)).rejects.toMatchObject({
      code: 'decompression_bomb',
    })
  })

  it('keeps what stands before an early end', async () => {
    const cut = deflateSync(plain, { level: 0 }).subarray(0, 200)
    const bytes = Buffer.from((await decoded(cut, { '/Filter': '/FlateDecode' })) ?? [])
    expect(bytes.length).toBeGreaterThan(100)
    expect(plain.subarray(0, bytes.length)).toEqual(bytes)
  })
})

it('bytes are packed and unpacked, few and many', async () => {
  for (const bytes of [plain, Buffer.alloc(100_000, 'many bytes')])
    expect(await inflated(await deflated(bytes), bytes.length)).toEqual(bytes)
})

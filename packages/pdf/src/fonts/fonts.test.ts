import { describe, expect, it } from 'vitest'
import { type Dictionary, pdfObjects } from '../objects/pdf-objects.ts'
import { fontsOf, isStandard } from './fonts-of.ts'
import { readTables, tablesIn, writeTables } from './sfnt.ts'

const made = () =>
  writeTables(
    new Map([
      ['maxp', Buffer.from([0, 1, 0, 0, 0, 2])],
      ['head', Buffer.alloc(54, 7)],
      ['cmap', Buffer.from([1, 2, 3])],
    ]),
  )

/** The sum of the 32-bit words of a font, which its head makes what it is for all fonts. */
const sumOf = (font: Buffer) => {
  let sum = 0
  for (let at = 0; at < font.length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0
  return sum
}

describe('a font in the sfnt wrapper', () => {
  it('has the tables that it was made of, in order, and its sum', () => {
    const font = made()
    const tables = readTables(font)
    expect([...(tables?.keys() ?? [])]).toEqual(['cmap', 'head', 'maxp'])
    expect(Buffer.from(tables?.get('cmap') ?? [])).toEqual(Buffer.from([1, 2, 3]))
    expect(sumOf(font)).toBe(0xb1b0afba)
  })

  it('is no whole one where a table is cut off, and has the others all the same', () => {
    const cut = made().subarray(0, -8)
    expect(readTables(cut)).toBeUndefined()
    expect(tablesIn(cut)?.get('head')).toHaveLength(54)
    expect(tablesIn(cut)?.get('maxp')).toHaveLength(0)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a directory that is cut off', made().subarray(0, 40)],
    ['more tables than there are', Buffer.concat([Buffer.from('00010000ffff', 'hex'), Buffer.alloc(50)])],
  ])('is none in %s', (_, bytes) => {
    expect(tablesIn(bytes)).toBeUndefined()
    expect(readTables(bytes)).toBeUndefined()
  })

  it('is no TrueType font with another mark', () => {
    const font = made()
    font.write('OTTO')
    expect(readTables(font)).toBeUndefined()
    expect(tablesIn(font)?.size).toBe(3)
  })
})

describe('the fonts of a document', () => {
  it('are the simple ones and those within composite ones', () => {
    const font = (entries: Dictionary): { value: Dictionary } => ({ value: { '/Type': '/Font', ...entries } })
    const objects = pdfObjects(
      new Map([
        ['1 0 R', font({ '/Subtype': '/Type0', '/DescendantFonts': ['2 0 R'], '/BaseFont': '/X' })],
        [
          '2 0 R',
          font({ '/Subtype': '/CIDFontType2', '/BaseFont': '/ABCDEF+Lato', '/FontDescriptor': '5 0 R' }),
        ],
        ['3 0 R', font({ '/Subtype': '/Type1', '/BaseFont': '/Helvetica-Bold' })],
        ['4 0 R', font({ '/Subtype': '/Type3' })],
        ['5 0 R', { value: { '/FontFile2': '6 0 R', '/FontFile3': 'b:' } }],
      ]),
      {},
    )
    expect(fontsOf(objects).map(({ name, isSubset, key, file }) => [name, isSubset, key, file])).toEqual([
      ['Lato', true, '/FontFile2', '6 0 R'],
      ['Helvetica-Bold', false, undefined, undefined],
    ])
    expect(['Helvetica-Bold', 'Lato', 'Times-Roman', 'TimesNewRoman'].map(isStandard)).toEqual([
      true,
      false,
      true,
      false,
    ])
  })
})

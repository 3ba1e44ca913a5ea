import { describe, expect, it } from 'vitest'
import { readTables, type Tables, writeTables } from '@pdf-smaller/pdf'
import { slimTrueType } from './truetype.ts'

const use = { name: 'Plain', isSimple: false, keepHinting: false }

const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex')

/** Four glyphs: nothing, a triangle, a composite of it, and nothing again; each with instructions where it can have them. */
function font(more: Record<string, Uint8Array> = {}): Buffer {
  const triangle = hex('0001 0000000000640064 0002 0003 b1b2b3 333333 646464')
  const composite = hex('ffff 0000000000640064 0102 0001 0505 0002 c1c2')
  const padded = [Buffer.alloc(0), triangle, composite, Buffer.alloc(0)].map((glyph) =>
    Buffer.concat([glyph, Buffer.alloc(glyph.length % 2)]),
  )
  const loca = Buffer.alloc(10)
  let at = 0
  for (const [index, glyph] of padded.entries()) loca.writeUInt16BE((at += glyph.length) / 2, (index + 1) * 2)
  const maxp = Buffer.alloc(32, 9)
  maxp.writeUInt16BE(4, 4)
  const hhea = Buffer.alloc(36)
  hhea.writeUInt16BE(4, 34)
  const tables: Tables = new Map(
    Object.entries({
      glyf: Buffer.concat(padded),
      loca,
      maxp,
      hhea,
      head: Buffer.alloc(54),
      hmtx: Buffer.alloc(16, 7),
      ...more,
    }),
  )
  return writeTables(tables)
}

const tablesOf = (slim: Buffer | undefined) =>
  readTables(slim ?? Buffer.alloc(0)) ?? new Map<string, Uint8Array>()

describe('slimTrueType', () => {
  it('takes instructions out of glyphs, and keeps their outlines', () => {
    const { glyf } = Object.fromEntries(tablesOf(slimTrueType(font(), use)))
    const digits = Buffer.from(glyf ?? []).toString('hex')
    expect(digits).toContain('00020000333333646464')
    expect(digits).toContain('000200010505')
    expect(digits).not.toMatch(/b1b2|c1c2/)
  })

  it('keeps only what draws', () => {
    const extra = {
      name: Buffer.alloc(400),
      fpgm: Buffer.alloc(300),
      cmap: Buffer.alloc(20),
      GSUB: Buffer.alloc(20),
    }
    const slim = slimTrueType(font(extra), use)
    expect([...tablesOf(slim).keys()]).toEqual(['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'])
    const simple = slimTrueType(font(extra), { ...use, isSimple: true })
    expect([...tablesOf(simple).keys()]).toContain('cmap')
  })

  it.each([
    ['asked to', { ...use, keepHinting: true }],
    ['glyphs depend on it', { ...use, name: 'ABCDEF+PMingLiU' }],
  ])('keeps hinting when %s', (_, wanted) => {
    const whole = tablesOf(font({ fpgm: Buffer.alloc(30, 1), name: Buffer.alloc(30) }))
    const tables = tablesOf(slimTrueType(font({ fpgm: Buffer.alloc(30, 1), name: Buffer.alloc(30) }), wanted))
    expect(tables.get('fpgm')).toEqual(whole.get('fpgm'))
    expect(tables.get('glyf')).toEqual(whole.get('glyf'))
    expect(tables.has('name')).toBe(false)
  })

  it('keeps all metrics: those of a space are compared with the widths of the document by archives', () => {
    const { hmtx } = Object.fromEntries(tablesOf(slimTrueType(font(), use)))
    expect(Buffer.from(hmtx ?? [])).toEqual(Buffer.alloc(16, 7))
  })

  it('writes checksums that add up', () => {
    const slim = slimTrueType(font(), use) ?? Buffer.alloc(0)
    let sum = 0
    for (let at = 0; at < slim.length; at += 4) sum = (sum + slim.readUInt32BE(at)) >>> 0
    expect(sum).toBe(0xb1b0afba)
  })

  it.each([
    ['no font', Buffer.from('hello, this is no font at all')],
    ['a font of another kind', Buffer.concat([Buffer.from('OTTO'), Buffer.alloc(60)])],
    ['a font that is cut off', font().subarray(0, 150)],
    ['glyphs that end early', font({ glyf: Buffer.from('0001', 'hex') })],
    ['a missing table', writeTables(new Map([['head', Buffer.alloc(54)]]))],
  ])('leaves %s alone', (_, bytes) => {
    expect(slimTrueType(bytes, use)).toBeUndefined()
  })
})

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
    [
      'glyphs that lie over each other',
      font({ maxp: hex('00010000 0008'), loca: hex('0000 0016'.repeat(4) + '0000') }),
    ],
    ['a missing table', writeTables(new Map([['head', Buffer.alloc(54)]]))],
  ])('leaves %s alone', (_, bytes) => {
    expect(slimTrueType(bytes, use)).toBeUndefined()
  })
})

/** A font with a letter that is a composite, its part, and a character of Chinese. */
function fontOfLetters(more: Record<string, Uint8Array> = {}): Buffer {
  const triangle = hex('0001 0000000000640064 0002 0000 333333 646464')
  const composite = hex('ffff 0000000000640064 0002 0001 0505')
  const chinese = hex('0001 0000000000640064 0002 0000 333333 717171')
  const loca = Buffer.alloc(10)
  const padded = [Buffer.alloc(0), triangle, composite, chinese].map((glyph) =>
    Buffer.concat([glyph, Buffer.alloc(glyph.length % 2)]),
  )
  let at = 0
  for (const [index, glyph] of padded.entries()) loca.writeUInt16BE((at += glyph.length) / 2, (index + 1) * 2)
  // A map of Microsoft, Unicode, in segments: A is the second, U+4E00 the third.
  const cmap = hex(
    '0000 0001 0003 0001 0000000c' +
      '0004 0028 0000 0006 0004 0001 0002 0041 4e00 ffff 0000 0041 4e00 ffff ffc1 b203 0001 0000 0000 0000',
  )
  return font({ glyf: Buffer.concat(padded), loca, cmap, ...more })
}

describe('glyphs of simple fonts', () => {
  const simple = { ...use, isSimple: true, names: [] as string[] }
  const outlines = (slim: Buffer | undefined) => Buffer.from(tablesOf(slim).get('glyf') ?? []).toString('hex')

  it('that no code of a byte can lead to draw nothing, and all keep their numbers', () => {
    const slim = slimTrueType(fontOfLetters(), simple)
    expect(outlines(slim)).toContain('333333646464')
    expect(outlines(slim)).toContain('00010505')
    expect(outlines(slim)).not.toContain('717171')
    expect(tablesOf(slim).get('loca')).toHaveLength(10)
    expect([...(tablesOf(slim).get('hmtx') ?? [])].slice(4)).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0, 0])
    expect(outlines(slimTrueType(fontOfLetters(), { ...simple, keepHinting: true }))).not.toContain('717171')
  })

  it('keep a width that is also that of the glyphs behind it', () => {
    const hhea = Buffer.alloc(36)
    hhea.writeUInt16BE(2, 34)
    const slim = slimTrueType(fontOfLetters({ hhea }), { ...use, shown: () => new Set([0, 3]) })
    expect([...(tablesOf(slim).get('hmtx') ?? [])]).toEqual(Array.from({ length: 16 }, () => 7))
    expect(outlines(slim)).toContain('717171')
    expect(outlines(slim)).not.toContain('333333646464')
  })

  it('stay where an encoding tells names that are not Latin, or composite fonts number them', () => {
    for (const names of [['Aacute', 'uni4E00'], ['g3'], undefined])
      expect(outlines(slimTrueType(fontOfLetters(), { ...simple, names }))).toContain('717171')
    expect(outlines(slimTrueType(fontOfLetters(), { ...simple, isSimple: false }))).toContain('717171')
  })

  it('stay where the maps are missing, broken or of a form that is not known', () => {
    const cmaps = ['0000 0000', '0000 0001 0003 0001 0000000c 000e 0000', '0000 0001 0003 0001 000000ff', '']
    for (const cmap of cmaps)
      expect(outlines(slimTrueType(fontOfLetters({ cmap: hex(cmap) }), simple))).toContain('717171')
    const endless = hex(
      '0000 0001 0003 000a 0000000c 000c 0000 00000000 00000000 00000001 00000000 ffffffff 00000000',
    )
    expect(outlines(slimTrueType(fontOfLetters({ cmap: endless }), simple))).toContain('717171')
    const record = '0003 0001 000000cc'
    const many = hex(`0000 0019 ${record.repeat(25)} 0006 000c 0000 0041 0001 0001`)
    expect(outlines(slimTrueType(fontOfLetters({ cmap: many }), simple))).toContain('717171')
    const few = hex(`0000 0018 ${record.replace('cc', 'c4').repeat(24)} 0006 000c 0000 0041 0001 0001`)
    expect(outlines(slimTrueType(fontOfLetters({ cmap: few }), simple))).not.toContain('717171')
  })

  it('stay where they have the name of a Latin letter, or one that Macintosh gives', () => {
    for (const numbers of ['0000 0001 0102 0024', '0000 0001 0002 0102']) {
      const name = Buffer.from('\x01B')
      const post = Buffer.concat([hex('00020000'), Buffer.alloc(28), hex(`0004 ${numbers}`), name])
      expect(outlines(slimTrueType(fontOfLetters({ post }), simple))).toContain('717171')
    }
    const post = Buffer.concat([hex('00010000'), Buffer.alloc(28)])
    expect(outlines(slimTrueType(fontOfLetters({ post }), simple))).toContain('717171')
  })

  it('keep the names by which they are found, and lose all others', () => {
    const names = ['A', 'Alpha'].map((name) => Buffer.concat([Uint8Array.of(name.length), Buffer.from(name)]))
    const post = Buffer.concat([hex('00020000'), Buffer.alloc(28), hex('0004 0000 0102 0001 0103'), ...names])
    const slim = slimTrueType(fontOfLetters({ post }), simple)
    const kept = Buffer.from(tablesOf(slim).get('post') ?? [])
    expect(kept.subarray(32).toString('latin1')).toBe('\0\x04\0\0\x01\x02\0\x01\0\0\x01A')
  })
})

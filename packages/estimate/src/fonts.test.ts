import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import { writeTables } from '@pdf-smaller/pdf/sfnt'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { structureOf } from './structure.ts'
import { sizeOfTypeOne } from './type-one.ts'

const partsOf = async (...objects: (string | Buffer)[]) => {
  async function* once() {
    yield Buffer.concat(objects.map((each) => Buffer.from(each)))
  }
  return (await structureOf(once(), fontsAsUsed)).parts
}

const stream = (number: number, dictionary: string, data: Buffer) =>
  Buffer.concat([
    Buffer.from(`${number} 0 obj\n<< ${dictionary} >>\nstream\n`),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ])

function noise(size: number): Buffer {
  let seed = size
  return Buffer.from(
    Array.from({ length: size }, () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) >> 16),
  )
}

/** A triangle, drawn after a program. */
const glyph = (program: Buffer) =>
  Buffer.concat([
    Buffer.from([0, 1, 0, 0, 0, 0, 0, 9, 0, 9, 0, 2, program.length >> 8, program.length & 255]),
    program,
    Buffer.from([7, 7, 7, ...noise(6)]),
    Buffer.alloc(1),
  ])

/** A font whose map of characters leads to the first of its two glyphs for A, and to the other for a letter of Armenia. */
function font(): Buffer {
  const glyphs = [glyph(noise(512)), glyph(noise(2000))]
  const head = Buffer.alloc(54)
  head.writeInt16BE(1, 50)
  const places = Buffer.alloc(12)
  places.writeUInt32BE(glyphs[0]?.length ?? 0, 4)
  places.writeUInt32BE(Buffer.concat(glyphs).length, 8)
  const hhea = Buffer.alloc(36)
  hhea.writeUInt16BE(2, 34)
  const maxp = Buffer.alloc(32)
  maxp.writeUInt16BE(2, 4)
  const segments = [0x41, 0x531, 0xffff]
  const words = [
    [4, 16 + segments.length * 8, 0, segments.length * 2, 0, 0, 0],
    segments,
    [0],
    segments,
    segments.map((code, index) => (index - code) & 0xffff),
    segments.map(() => 0),
  ].flat()
  const map = [0, 1, 3, 1, 0, 12, ...words]
  return writeTables(
    new Map<string, Uint8Array>([
      ['glyf', Buffer.concat(glyphs)],
      ['loca', places],
      ['head', head],
      ['hhea', hhea],
      ['hmtx', Buffer.alloc(8, 3)],
      ['maxp', maxp],
      ['cmap', Buffer.from(map.flatMap((word) => [word >> 8, word & 255]))],
      ['fpgm', noise(3000)],
      ['GSUB', noise(9000)],
    ]),
  )
}

const program = stream(1, '/Length1 9000 /Filter /FlateDecode', deflateSync(font()))
const descriptor = '2 0 obj << /Type /FontDescriptor /FontName /ABCDEF+A /FontFile2 1 0 R >> endobj\n'
const simple = '3 0 obj << /Type /Font /Subtype /TrueType /FontDescriptor 2 0 R >> endobj\n'
const shown =
  '5 0 obj << /Type /Page /Contents 6 0 R /Resources << /Font << /S 3 0 R /C 7 0 R >> >> >> endobj\n' +
  '7 0 obj << /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [4 0 R] >> endobj\n'
const contents = (text: string) => stream(6, '', Buffer.from(text))
const composite = '4 0 obj << /Type /Font /Subtype /CIDFontType2 /FontDescriptor 2 0 R >> endobj\n'

describe('a TrueType font', () => {
  it('is divided into what compression keeps, hints and what nobody needs', async () => {
    const { outlines, hints, idleTables, unreadFonts } = await partsOf(
      descriptor,
      composite,
      shown,
      contents('/C 9 Tf <00000001> Tj'),
      program,
    )
    const size = outlines.bytes + hints.bytes + idleTables.bytes
    expect(size).toBe(deflateSync(font()).length + 1)
    expect([outlines.bytes > 0, hints.bytes > 5000, idleTables.bytes > 5000, unreadFonts.bytes]).toEqual([
      true,
      true,
      true,
      0,
    ])
  })

  it('counts without glyphs that no code leads to, or that are not shown', async () => {
    const of = async (text: string) => partsOf(descriptor, simple, composite, shown, contents(text), program)
    const [all, first] = [await of('/C 9 Tf <00000001> Tj'), await of('/C 9 Tf <0000> Tj')]
    expect(first.hints.bytes).toBeLessThan(all.hints.bytes - 1500)
    const ofSimple = await partsOf(descriptor, simple, shown, contents('/S 9 Tf (A) Tj'), program)
    expect(ofSimple.hints.bytes).toBe(first.hints.bytes)
    expect([all, first, ofSimple].map((parts) => parts.wholeOutlines.bytes)).toEqual([0, 0, 0])
  })

  it('is told by what it holds where its dictionary does not', async () => {
    const bare = stream(1, '/Filter /FlateDecode', deflateSync(font()))
    const { contents: others, wholeOutlines } = await partsOf(descriptor, simple, bare)
    expect([others.bytes, wholeOutlines.bytes > 0]).toEqual([0, true])
  })

  it('stays as it is where it cannot be read, or no font has it', async () => {
    const broken = stream(1, '/Length1 9000 /Filter /FlateDecode', Buffer.from('locked'))
    expect((await partsOf(descriptor, simple, broken)).unreadFonts.bytes).toBe(7)
    expect((await partsOf(broken, 'trailer << /Encrypt 5 0 R >>')).lockedFonts.bytes).toBe(7)
    expect((await partsOf(program)).unreadFonts.bytes).toBeGreaterThan(9000)
  })
})

describe('a Type 1 font', () => {
  /** The cipher of Type 1 programs, the way in which they are written. */
  const encrypted = (plain: Buffer, key: number) => {
    let state = key
    return Buffer.from(
      Buffer.concat([Buffer.alloc(4), plain]).map((byte) => {
        const cipher = byte ^ (state >> 8)
        state = ((cipher + state) * 52845 + 22719) & 0xffff
        return cipher
      }),
    )
  }
  const charstring = (name: string, plain: Buffer) => {
    const bytes = encrypted(plain, 4330)
    return Buffer.concat([Buffer.from(`/${name} ${bytes.length} RD `), bytes, Buffer.from(' ND\n')])
  }

  it('comes to what its outlines come to', () => {
    const outlines = [noise(700), Buffer.alloc(4000, 'rlineto')]
    const part = Buffer.concat([
      Buffer.from('dup /Private 8 dict dup begin '),
      ...outlines.map((plain, index) => charstring(`g${index}`, plain)),
    ])
    const size = sizeOfTypeOne(
      Buffer.concat([Buffer.from('%!PS\ncurrentfile eexec\n'), encrypted(part, 55665)]),
    )
    expect(size).toBeGreaterThan(700)
    expect(size).toBeLessThan(800)
  })

  it('is not known where it holds none', () => {
    expect(sizeOfTypeOne(Buffer.from('%!PS'))).toBeUndefined()
    expect(sizeOfTypeOne(Buffer.from('%!PS eexec nothing of the kind'))).toBeUndefined()
  })
})

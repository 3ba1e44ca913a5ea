import { describe, expect, it } from 'vitest'
import { cmykProfile } from './colour/cmyk.ts'
import { iccHeaderOf, isForColours } from './colour/icc-header.ts'
import { srgbProfile } from '@pdf-smaller/pdf/srgb'
import { simpleGlyphs } from './fonts/character-map.ts'
import { boxedCodestream } from './images/codestream.ts'
import { jpeg2000Of } from './images/jpeg2000.ts'
import { xmpDate } from './metadata/dates.ts'
import { packetOf } from './metadata/packet.ts'

describe('the colour profiles', () => {
  it('say whose colours they are', () => {
    const [rgb, cmyk] = [srgbProfile(), cmykProfile()].map(iccHeaderOf)
    expect(rgb).toEqual({ deviceClass: 'mntr', colours: 'RGB ', version: 4 })
    expect(cmyk && isForColours(cmyk, 4)).toBe(true)
    expect(cmyk && isForColours(cmyk, 3)).toBe(false)
    expect(iccHeaderOf(Buffer.from('none'))).toBeUndefined()
  })

  it('have their size in front and their parts on whole words', () => {
    for (const profile of [srgbProfile(), cmykProfile()]) {
      expect(profile.readUInt32BE(0)).toBe(profile.length)
      for (let entry = 0; entry < profile.readUInt32BE(128); entry++)
        expect(profile.readUInt32BE(136 + 12 * entry) % 4).toBe(0)
    }
  })

  it('know paper as white, four inks as nearly black, and cyan as a blue', () => {
    const profile = cmykProfile()
    // Behind the head of the table and four curves; three bytes a colour, black changes fastest.
    const grid = profile.indexOf('mft1') + 48 + 4 * 256
    const at = (...steps: number[]) => {
      const place = steps.reduce((sum, step) => sum * 9 + step, 0)
      return [...profile.subarray(grid + 3 * place, grid + 3 * place + 3)]
    }
    expect(at(0, 0, 0, 0)).toEqual([255, 128, 128])
    expect(at(8, 8, 8, 8)[0]).toBeLessThan(20)
    const [, a = 0, b = 0] = at(8, 0, 0, 0)
    expect([a < 110, b < 90]).toEqual([true, true])
  })
})

describe('JPEG 2000', () => {
  const codestream = Buffer.alloc(60)
  codestream.writeUInt16BE(0xff4f, 0)
  codestream.writeUInt32BE(30, 8)
  codestream.writeUInt32BE(20, 12)
  codestream.writeUInt16BE(3, 40)
  codestream.writeUInt8(7, 42)

  it('stands in boxes, as it is', () => {
    const boxed = boxedCodestream(codestream, false)
    if (!boxed) throw new Error('it was not boxed')
    expect(boxed.subarray(-codestream.length).equals(codestream)).toBe(true)
    const space = { method: 1, approximation: 0, enumerated: 16 }
    expect(jpeg2000Of(boxed)).toEqual({ channels: 3, depth: 8, hasOwnDepths: false, spaces: [space] })
    expect(boxedCodestream(boxed, false)).toBeUndefined()
  })

  it('stays bare where nothing tells its colours, and is read up to where it ends', () => {
    const many = Buffer.from(codestream)
    many.writeUInt16BE(5, 40)
    expect(boxedCodestream(many, false)).toBeUndefined()
    expect(jpeg2000Of(Buffer.from('00000003', 'hex'))).toMatchObject({ channels: 0, spaces: [] })
    expect(jpeg2000Of(Buffer.from('0000000c6a70326800000000', 'hex'))).toMatchObject({ channels: 0 })
  })
})

it.each([
  ["D:20260302091500+01'00'", '2026-03-02T09:15:00+01:00'],
  ['D:20260302091500Z', '2026-03-02T09:15:00Z'],
  ["D:20260302091500Z00'00'", '2026-03-02T09:15:00Z'],
  ['D:2026', '2026-01-01T00:00:00Z'],
  ['D:20261399', undefined],
  ['yesterday', undefined],
])('writes the date %s as %s', (text, date) => {
  expect(xmpDate(text)).toBe(date)
})

it('writes packets that are XML, whatever a document is called', () => {
  const packet = packetOf({ title: '<b> & \u0001\ud800 ]]>' })
  expect(packet).toContain('&lt;b&gt; &amp; \ufffd ]]&gt;')
  expect(packet).not.toContain('<dc:creator>')
})

it('finds the glyphs of codes in maps of the Macintosh and of Windows', () => {
  const head = (platform: number, encoding: number) =>
    Buffer.from([0, 0, 0, 1, 0, platform, 0, encoding, 0, 0, 0, 12])
  const trimmed = Buffer.from([0, 6, 0, 0, 0, 0, 0, 32, 0, 2, 0, 3, 0, 9])
  const macintosh = simpleGlyphs(Buffer.concat([head(1, 0), trimmed]))
  expect([31, 32, 33, 34].map((code) => macintosh?.(code))).toEqual([0, 3, 9, 0])
  // One range, from A to C, whose glyphs begin at 5, and the last one, which ends the table.
  const words = [4, 0, 0, 4, 0, 0, 0, 0x43, 0xffff, 0, 0x41, 0xffff, 0x10000 - 0x41 + 5, 1, 0, 0]
  const segments = Buffer.from(words.flatMap((word) => [word >> 8, word & 255]))
  const windows = simpleGlyphs(Buffer.concat([head(3, 1), segments]))
  expect([0x40, 0x41, 0x43, 0x44, 0x80].map((code) => windows?.(code))).toEqual([0, 5, 7, 0, 0])
})

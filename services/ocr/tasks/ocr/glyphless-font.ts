import { deflated, textValue, type WorkingCopy, writeTables } from '@pdf-smaller/pdf'
import { glyphWidth } from './text-layer.ts'

const unitsPerEm = 1000
const advance = unitsPerEm * glyphWidth
const name = '/GlyphLess'

/**
 * Adds a font with which any text can be written, and none of it is seen: all characters have the same empty glyph. It is
 * embedded, as archives demand.
 * @returns its reference
 */
export async function addGlyphlessFont(copy: WorkingCopy): Promise<string> {
  const stream = async (bytes: Buffer, more: object = {}) =>
    copy.addStream({ ...more, '/Filter': '/FlateDecode' }, await deflated(bytes, { level: 9 }))
  const program = fontProgram()
  const descriptor = copy.add({
    value: {
      '/Type': '/FontDescriptor',
      '/FontName': name,
      // Symbolic, with all glyphs of the same width (ISO 32000-1, table 123).
      '/Flags': 5,
      '/FontBBox': [0, 0, advance, unitsPerEm],
      '/ItalicAngle': 0,
      '/Ascent': unitsPerEm,
      '/Descent': 0,
      '/CapHeight': unitsPerEm,
      '/StemV': 80,
      '/FontFile2': await stream(program, { '/Length1': program.length }),
    },
  })
  const descendant = copy.add({
    value: {
      '/Type': '/Font',
      '/Subtype': '/CIDFontType2',
      '/BaseFont': name,
      '/CIDSystemInfo': {
        '/Registry': textValue('Adobe'),
        '/Ordering': textValue('Identity'),
        '/Supplement': 0,
      },
      '/FontDescriptor': descriptor,
      '/DW': advance,
      '/CIDToGIDMap': await stream(Buffer.alloc(2 * 2 ** 16, Buffer.from([0, 1]))),
    },
  })
  return copy.add({
    value: {
      '/Type': '/Font',
      '/Subtype': '/Type0',
      '/BaseFont': name,
      '/Encoding': '/Identity-H',
      '/DescendantFonts': [descendant],
      '/ToUnicode': await stream(Buffer.from(toUnicode())),
    },
  })
}

/** A TrueType font of two empty glyphs, the first of which is that of missing ones (OpenType specification 1.9). */
function fontProgram(): Buffer {
  const table = (bytes: number, fill: (table: Buffer) => void) => {
    const made = Buffer.alloc(bytes)
    fill(made)
    return made
  }
  return writeTables(
    new Map([
      [
        'head',
        table(54, (head) => {
          head.writeUInt32BE(0x00010000, 0)
          head.writeUInt32BE(0x5f0f3cf5, 12)
          head.writeUInt16BE(unitsPerEm, 18)
          head.writeInt16BE(2, 48)
        }),
      ],
      [
        'hhea',
        table(36, (hhea) => {
          hhea.writeUInt32BE(0x00010000, 0)
          hhea.writeInt16BE(unitsPerEm, 4)
          hhea.writeUInt16BE(advance, 10)
          hhea.writeUInt16BE(1, 34)
        }),
      ],
      [
        'maxp',
        table(32, (maxp) => {
          maxp.writeUInt32BE(0x00010000, 0)
          maxp.writeUInt16BE(2, 4)
          maxp.writeUInt16BE(1, 14)
        }),
      ],
      ['hmtx', table(6, (hmtx) => hmtx.writeUInt16BE(advance, 0))],
      ['loca', Buffer.alloc(6)],
      // Empty as all glyphs are, but some programs do not take a table without a byte.
      ['glyf', Buffer.alloc(4)],
    ]),
  )
}

/** Codes are UTF-16 already (Adobe Technical Note 5411); a range may not go beyond its last byte. */
function toUnicode(): string {
  const ranges = Array.from({ length: 256 }, (_, high) => {
    const [first, last] = ['00', 'ff'].map((low) => high.toString(16).padStart(2, '0') + low)
    return `<${first}> <${last}> <${first}>`
  })
  const blocks = [0, 100, 200].map((from) => {
    const some = ranges.slice(from, from + 100)
    return `${some.length} beginbfrange\n${some.join('\n')}\nendbfrange`
  })
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}

import { deflateRawSync } from 'node:zlib'

/** What a TrueType font would come to under Flate, bytes. */
export type FontSizes = {
  /** Outlines and what is needed to draw them. */
  outlines: number
  /** What the tables add by which simple fonts find their glyphs; others number them (ISO 32000-1, 9.6.6.4). */
  mapping: number
  /** What the programs add that fit them to coarse screens. */
  hints: number
}

/** The directory of a font's tables, of which there are few, stands at its beginning. */
const mostTables = 64
const outlineTables = new Set(['glyf', 'loca', 'head', 'hhea', 'hmtx', 'maxp'])
const mappingTables = new Set(['cmap', 'post'])
const hintTables = new Set(['fpgm', 'prep', 'cvt ', 'gasp'])

/**
 * Packs what compression keeps of a font (OpenType: table directory, glyf, loca).
 * @returns undefined where the font is not whole, or none
 */
export function sizesOfFont(font: Buffer): FontSizes | undefined {
  const tables = tablesOf(font)
  const of = (names: ReadonlySet<string>) => [...names].flatMap((name) => tables.get(name) ?? [])
  const [glyphs, places, head] = [tables.get('glyf'), tables.get('loca'), tables.get('head')]
  if (!glyphs || !places || !head || head.length < 54) return undefined
  const others = of(outlineTables).filter((table) => table !== glyphs)
  const bare = withoutPrograms(glyphs, places, head.readInt16BE(50) === 1)
  const outlines = packed([bare, ...others])
  const hinted = packed([glyphs, ...others, ...of(hintTables)])
  return { outlines, mapping: packed(of(mappingTables)), hints: Math.max(0, hinted - outlines) }
}

const packed = (tables: readonly Buffer[]) => deflateRawSync(Buffer.concat(tables), { level: 6 }).length

function tablesOf(font: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  if (font.length < 12) return found
  const count = Math.min(mostTables, font.readUInt16BE(4))
  for (let at = 12; at < 12 + count * 16 && at + 16 <= font.length; at += 16) {
    const [from, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)]
    if (from + length <= font.length)
      found.set(font.toString('latin1', at, at + 4), font.subarray(from, from + length))
  }
  return found
}

/** The glyphs without the programs of those that are no composites. */
function withoutPrograms(glyphs: Buffer, places: Buffer, isLong: boolean): Buffer {
  const pieces: Buffer[] = []
  const count = Math.floor(places.length / (isLong ? 4 : 2))
  const placeOf = (index: number) =>
    isLong ? places.readUInt32BE(index * 4) : places.readUInt16BE(index * 2) * 2
  let before = 0
  for (let index = 1; index < count; index++) {
    const to = Math.min(glyphs.length, placeOf(index))
    if (to > before) pieces.push(...withoutProgram(glyphs.subarray(before, to)))
    before = Math.max(before, to)
  }
  return Buffer.concat(pieces)
}

function withoutProgram(glyph: Buffer): Buffer[] {
  const contours = glyph.length >= 10 ? glyph.readInt16BE(0) : -1
  const end = 10 + contours * 2
  if (contours <= 0 || end + 2 > glyph.length) return [glyph]
  return [glyph.subarray(0, end), glyph.subarray(Math.min(glyph.length, end + 2 + glyph.readUInt16BE(end)))]
}

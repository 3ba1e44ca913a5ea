/** The glyph that a code has in a map of a TrueType file; 0 for none. */
export type GlyphOf = (code: number) => number

/**
 * How a simple TrueType font finds its glyphs (ISO 32000-1, 9.6.6.4): by Unicode in maps of Windows, by the code itself
 * in those of symbols and of the Macintosh. Codes whose Unicode is not the same number are left out.
 * @throws RangeError where the table is cut off
 */
export function simpleGlyphs(cmap: Buffer): GlyphOf | undefined {
  const maps = new Map<string, Buffer>()
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const at = 4 + 8 * index
    const key = `${cmap.readUInt16BE(at)},${cmap.readUInt16BE(at + 2)}`
    maps.set(key, cmap.subarray(cmap.readUInt32BE(at + 4)))
  }
  const [unicode, symbols, macintosh] = ['3,1', '3,0', '1,0'].map((key) => maps.get(key))
  if (unicode) return (code) => (isLatin(code) ? glyphIn(unicode, code) : 0)
  if (symbols) return (code) => glyphIn(symbols, 0xf000 + code) || glyphIn(symbols, code)
  return macintosh && ((code) => glyphIn(macintosh, code))
}

const isLatin = (code: number) => (code >= 0x20 && code < 0x7f) || code >= 0xa1

function glyphIn(map: Buffer, code: number): number {
  switch (map.readUInt16BE(0)) {
    case 0:
      return code < 256 ? map.readUInt8(6 + code) : 0
    case 4:
      return glyphInSegments(map, code)
    case 6: {
      const index = code - map.readUInt16BE(6)
      return index >= 0 && index < map.readUInt16BE(8) ? map.readUInt16BE(10 + 2 * index) : 0
    }
    default:
      return 0
  }
}

/** Format 4: ends, starts, deltas and offsets of ranges of codes stand one after the other. */
function glyphInSegments(map: Buffer, code: number): number {
  const bytes = map.readUInt16BE(6)
  for (let at = 14; at < 14 + bytes; at += 2) {
    if (map.readUInt16BE(at) < code) continue
    const start = map.readUInt16BE(at + bytes + 2)
    if (start > code) return 0
    const delta = map.readUInt16BE(at + 2 * bytes + 2)
    const place = at + 3 * bytes + 2
    const offset = map.readUInt16BE(place)
    if (offset === 0) return (code + delta) & 0xffff
    const glyph = map.readUInt16BE(place + offset + 2 * (code - start))
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
  return 0
}

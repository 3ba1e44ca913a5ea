import { tablesIn } from '@pdf-smaller/pdf'
import { type GlyphOf, simpleGlyphs } from './character-map.ts'

/** How wide the glyphs of a TrueType file are, in thousandths of an em, and how simple fonts find them. */
export type TrueType = { widths: readonly number[]; glyphOf: GlyphOf | undefined }

/** Reads a TrueType file; undefined for what cannot be read. */
export function readTrueType(font: Buffer): TrueType | undefined {
  try {
    const tables = tablesIn(font)
    const [head, hhea, maxp, hmtx] = ['head', 'hhea', 'maxp', 'hmtx'].map((name) => tables?.get(name))
    if (!head || !hhea || !maxp || !hmtx) return undefined
    const unitsPerEm = head.readUInt16BE(18)
    const measured = hhea.readUInt16BE(34)
    // Glyphs beyond those that are measured are as wide as the last of them.
    const widths = Array.from(
      { length: maxp.readUInt16BE(4) },
      (_, glyph) => (hmtx.readUInt16BE(4 * Math.min(glyph, measured - 1)) * 1000) / unitsPerEm,
    )
    const cmap = tables?.get('cmap')
    const glyphOf = cmap && simpleGlyphs(cmap)
    return { widths, glyphOf: glyphOf && ((code) => orNone(() => glyphOf(code))) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A map that is cut off has no glyph for a code. */
function orNone(find: () => number): number {
  try {
    return find()
  } catch (error) {
    if (error instanceof RangeError) return 0
    throw error
  }
}

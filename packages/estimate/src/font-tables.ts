import { deflateRawSync } from 'node:zlib'
import type { FontUse } from './font-names.ts'
import { sizeOfTypeOne } from './type-one.ts'

/** What compression makes of font programs by what is known of their use; undefined where it leaves one alone. */
export type FontMakers = {
  trueType: (font: Uint8Array, use: FontUse, keepHinting: boolean) => Uint8Array | undefined
  /** Compact Font Format, with or without an OpenType wrapper. */
  compact: (font: Uint8Array, use: FontUse) => Uint8Array | undefined
  /** The names of the glyphs of a Type 1 program that are shown; undefined where it may be any. */
  typeOneNames: (program: Uint8Array, use: FontUse) => ReadonlySet<string> | undefined
}

/** What compression leaves of a font, under Flate, bytes. */
export type FontSizes = {
  /** Outlines and what is needed to find and draw them. */
  outlines: number
  /** What the programs add that fit them to coarse screens. */
  hints: number
}

/** As much is packed to see what it comes to, bytes; what is beyond is taken to be packed as the font was. */
const mostPacked = 1024 * 1024

export type FontSizing = ReturnType<typeof openFontSizes>

export function openFontSizes(makers: FontMakers) {
  let left = mostPacked
  const packedSize = (font: Uint8Array, usualShare: number) => {
    if (font.length > left) return font.length * usualShare
    left -= font.length
    return deflateRawSync(font, { level: 6 }).length
  }
  return {
    /**
     * @param bytes that the font takes now
     * @returns undefined where it is not whole, or none
     */
    ofTrueType: (font: Buffer, bytes: number, use: FontUse): FontSizes | undefined => {
      const [bare, hinted] = [false, true].map((keepHinting) => makers.trueType(font, use, keepHinting))
      if (!bare || !hinted) return undefined
      const share = Math.min(1, bytes / font.length)
      const outlines = packedSize(bare, share)
      return { outlines, hints: Math.max(0, packedSize(hinted, share) - outlines) }
    },
    ofCompact: (font: Buffer, bytes: number, use: FontUse): number | undefined => {
      const made = makers.compact(font, use)
      return made && packedSize(made, Math.min(1, bytes / font.length))
    },
    ofTypeOne: (font: Buffer, use: FontUse): number | undefined =>
      sizeOfTypeOne(font, makers.typeOneNames(font, use)),
  }
}

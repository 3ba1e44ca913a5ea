import { deflateRawSync } from 'node:zlib'
import type { FontUse } from './font-names.ts'

/** What compression makes of a TrueType font, by how it is used; undefined where it leaves it alone. */
export type SlimFont = (font: Uint8Array, use: FontUse & { keepHinting: boolean }) => Uint8Array | undefined

/** What compression leaves of a TrueType font, under Flate, bytes. */
export type FontSizes = {
  /** Outlines and what is needed to find and draw them. */
  outlines: number
  /** What the programs add that fit them to coarse screens. */
  hints: number
}

/** As much is packed to see what it comes to, bytes; what is beyond is taken to be packed as the font was. */
const mostPacked = 1024 * 1024

export function openFontSizes(slim: SlimFont) {
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
    sizesOf: (font: Buffer, bytes: number, use: FontUse): FontSizes | undefined => {
      const [bare, hinted] = [false, true].map((keepHinting) => slim(font, { ...use, keepHinting }))
      if (!bare || !hinted) return undefined
      const share = Math.min(1, bytes / font.length)
      const outlines = packedSize(bare, share)
      return { outlines, hints: Math.max(0, packedSize(hinted, share) - outlines) }
    },
  }
}

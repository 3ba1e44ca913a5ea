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

/** As much is packed to see what it comes to, bytes; what is beyond is taken to be alike. */
const mostPacked = 512 * 1024

export function openFontSizes(slim: SlimFont) {
  let [tried, packed] = [0, 0]
  const packedSize = (font: Uint8Array) => {
    if (tried > mostPacked) return (font.length * packed) / tried
    const { length } = deflateRawSync(font.subarray(0, mostPacked), { level: 6 })
    tried += font.length
    packed += length
    return length
  }
  return {
    /** @returns undefined where the font is not whole, or none */
    sizesOf: (font: Buffer, use: FontUse): FontSizes | undefined => {
      const [bare, hinted] = [false, true].map((keepHinting) => slim(font, { ...use, keepHinting }))
      if (!bare || !hinted) return undefined
      const outlines = packedSize(bare)
      return { outlines, hints: Math.max(0, packedSize(hinted) - outlines) }
    },
  }
}

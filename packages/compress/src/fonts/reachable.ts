import { type Tables, viewOf } from '@pdf-smaller/pdf/sfnt'
import { type CharacterMap, characterMaps } from './character-map.ts'
import { namedGlyphs } from './glyph-list.ts'
import { isLatinName, isNameable } from './glyph-names.ts'

const [unicode, microsoft] = [0, 3]
const symbols = 0

/**
 * The glyphs of a TrueType font that a simple font of PDF can draw, whatever text is set in it (ISO 32000-1, 9.6.6.4):
 * such a font has codes of a byte, which lead through one of its maps, for the most part by a name.
 * @param names that the encoding tells, beside those of the usual encodings
 * @returns undefined where any glyph may be meant
 */
export function reachableGlyphs(tables: Tables, names: readonly string[]): Set<number> | undefined {
  try {
    return glyphsOf(tables, names)
  } catch (error) {
    // Readers may make something of a table that is broken.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function glyphsOf(tables: Tables, names: readonly string[]): Set<number> | undefined {
  const [cmap, post] = [tables.get('cmap'), tables.get('post')]
  const maps = cmap && characterMaps(cmap)
  if (!maps || maps.length === 0 || !names.every(isLatinName)) return undefined
  const glyphs = new Set([0])
  for (const map of maps) {
    const isByName = namesCharacters(map)
    for (const [code, glyph] of map.pairs) if (!isByName || isNameable(code)) glyphs.add(glyph)
  }
  for (const glyph of post ? namedGlyphs(post, isLatinName) : []) glyphs.add(glyph)
  return glyphs
}

/** Maps of symbols, and of the Macintosh, are looked up by the code itself, and are short. */
const namesCharacters = ({ platform, encoding }: CharacterMap) =>
  platform === unicode || (platform === microsoft && encoding !== symbols)

/** Adds the glyphs that composite ones are made of (OpenType specification, table glyf). */
export function withParts(glyphs: ReadonlySet<number>, glyphAt: (glyph: number) => Uint8Array): Set<number> {
  const all = new Set(glyphs)
  // What is added meanwhile comes by as well.
  for (const glyph of all) for (const part of partsOf(glyphAt(glyph))) all.add(part)
  return all
}

const [wordArguments, scaled, moreParts, scaledXY, twoByTwo] = [0x0001, 0x0008, 0x0020, 0x0040, 0x0080]

function* partsOf(glyph: Uint8Array): Generator<number> {
  const view = viewOf(glyph)
  if (glyph.length < 10 || view.getInt16(0) >= 0) return
  let at = 10
  for (let more = true; more;) {
    const flags = view.getUint16(at)
    yield view.getUint16(at + 2)
    at +=
      4 +
      (flags & wordArguments ? 4 : 2) +
      (flags & scaled ? 2 : flags & scaledXY ? 4 : flags & twoByTwo ? 8 : 0)
    more = (flags & moreParts) !== 0
  }
}

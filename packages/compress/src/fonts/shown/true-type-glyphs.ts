import type { Tables } from '@pdf-smaller/pdf'
import { characterMaps } from '../character-map.ts'
import { namedGlyphs } from '../glyph-list.ts'
import { characterNamed, charactersOfCode, macintoshCodes, namesOf, withAlike } from '../latin-characters.ts'

/** Where fonts of symbols have their codes: as they are, or in whatever row of the characters for private use. */
const [firstRow, lastRow] = [0xe0, 0xf8]
const symbolRows = [0, ...Array.from({ length: lastRow - firstRow + 1 }, (_, row) => (firstRow + row) * 256)]

/** What codes may be looked up as. */
type Sought = { characters: Set<string>; names: Set<string> }

/**
 * The glyphs that codes of a simple TrueType font may lead to (ISO 32000-1, 9.6.6.4), whichever of its maps a reader takes, and whatever
 * encoding it believes to be meant.
 * @param differences the names that its encoding tells
 * @returns undefined where it may be any
 * @throws RangeError on a broken table
 */
export function glyphsShown(
  tables: Tables,
  codes: ReadonlySet<number>,
  differences: ReadonlyMap<number, string>,
): Set<number> | undefined {
  const [cmap, post] = [tables.get('cmap'), tables.get('post')]
  const maps = cmap && characterMaps(cmap)
  const sought = soughtBy(codes, differences)
  if (!maps || maps.length === 0 || !sought) return undefined
  const numbers = numbersOf(codes, sought.characters)
  const glyphs = new Set([0])
  for (const { pairs } of maps) for (const [code, glyph] of pairs) if (numbers.has(code)) glyphs.add(glyph)
  const isSought = (name: string) =>
    sought.names.has(name) || sought.characters.has(characterNamed(name) ?? '')
  const isUsualSought = (character: string) => sought.characters.has(character)
  for (const glyph of post ? namedGlyphs(post, isSought, isUsualSought) : []) glyphs.add(glyph)
  return glyphs
}

function soughtBy(codes: ReadonlySet<number>, differences: ReadonlyMap<number, string>): Sought | undefined {
  const sought: Sought = { characters: new Set(), names: new Set() }
  for (const code of codes) {
    const name = differences.get(code)
    const named = name === undefined || name === '.notdef' ? undefined : characterNamed(name)
    if (name !== undefined && name !== '.notdef' && named === undefined) return undefined
    if (name !== undefined) sought.names.add(name)
    for (const each of [...charactersOfCode(code), ...(named === undefined ? [] : [named])])
      for (const character of withAlike(each)) {
        sought.characters.add(character)
        for (const own of namesOf(character)) sought.names.add(own)
      }
  }
  return sought
}

function numbersOf(codes: ReadonlySet<number>, characters: ReadonlySet<string>): Set<number> {
  const numbers = new Set<number>()
  const add = (code: number) => {
    for (const row of symbolRows) numbers.add(row + code)
  }
  for (const code of codes) add(code)
  for (const character of characters) {
    numbers.add(character.codePointAt(0) ?? 0)
    const own = macintoshCodes.get(character)
    if (own !== undefined) add(own)
  }
  return numbers
}

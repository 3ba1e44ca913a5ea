import { characterNamed, charactersOfCode, namesOf, withAlike } from '../latin-characters.ts'
import { glyphNames } from './glyph-names.ts'
import { isCidKeyed, type Program } from './program.ts'

const codesOfByte: ReadonlySet<number> = new Set(Array.from({ length: 256 }, (_, code) => code))
/** What draws nothing need not be there. */
const blank = /^(\.notdef|\.null|space|nbspace|nonbreakingspace|nonmarkingreturn|tab|CR|uni00A0)$/

/**
 * The glyphs that codes of a simple font lead to in a program that has names for them (ISO 32000-1, 9.6.6.2), whichever of the usual encodings
 * a reader believes to be meant, and whatever the glyphs are called.
 * @param codes those that are shown; undefined for all that there are
 * @param differences the names that the encoding tells
 * @returns undefined where it may be any
 */
export function glyphsOfCodes(
  program: Program,
  codes: ReadonlySet<number> | undefined,
  differences: ReadonlyMap<number, string>,
): Set<number> | undefined {
  if (isCidKeyed(program)) return undefined
  const names = glyphNames(program)
  const numbers = new Map(names.map((name, glyph) => [name, glyph]))
  // What is not known by its name may be meant by any code.
  const glyphs = new Set(names.flatMap((name, glyph) => (name === undefined ? [glyph] : [])))
  const add = (name: string) => {
    const glyph = numbers.get(name)
    if (glyph !== undefined) glyphs.add(glyph)
    return glyph !== undefined
  }
  const sought = new Set<string>()
  for (const code of codes ?? codesOfByte) {
    const own = program.encoding?.get(code)
    if (own !== undefined) glyphs.add(own)
    for (const character of charactersOfCode(code)) sought.add(character)
    const told = differences.get(code)
    if (told === undefined || add(told) || blank.test(told)) continue
    // A reader may know the glyph by another name.
    const character = characterNamed(told)
    const isFound = character !== undefined && namesOf(character).map(add).includes(true)
    if (isFound) sought.add(character)
    else if (codes) return undefined
  }
  const all = new Set([...sought].flatMap(withAlike))
  for (const [glyph, name] of names.entries()) {
    const character = name === undefined ? undefined : characterNamed(name)
    if (character !== undefined && all.has(character)) glyphs.add(glyph)
  }
  return glyphs
}

/** The glyphs of characters by their numbers (ISO 32000-1, 9.7.4.2). */
export function glyphsOfCharacters(program: Program, characters: ReadonlySet<number>): Set<number> {
  if (!isCidKeyed(program)) return new Set(characters)
  return new Set(program.charset.flatMap((character, glyph) => (characters.has(character) ? [glyph] : [])))
}

import { type Dictionary, plainStream, type Tables, type WorkingCopy } from '@pdf-smaller/pdf'
import { glyphsOfCharacters, glyphsOfCodes } from '../../fonts/cff/glyphs-shown.ts'
import type { Program } from '../../fonts/cff/program.ts'
import type { ShownCodes } from '../../fonts/shown/shown-codes.ts'
import { glyphsShown } from '../../fonts/shown/true-type-glyphs.ts'
import { differencesOf } from '../../fonts/simple-encoding.ts'
import type { FontUser } from './font-files.ts'

/** Two bytes for each of 65,536 characters, and no more of use. */
const mostMapBytes = 1024 * 1024

type Choice<Font> = (font: Font) => Set<number> | undefined

/** Chooses the glyphs of a TrueType program that its fonts show, or can show; undefined where it may be any. */
export async function trueTypeGlyphs(
  users: readonly FontUser[],
  shown: ShownCodes,
  copy: WorkingCopy,
): Promise<Choice<Tables> | undefined> {
  return together(
    await Promise.all(
      users.map(async ({ dictionary }): Promise<Choice<Tables> | undefined> => {
        const codes = shown(dictionary)
        if (!codes) return undefined
        if (dictionary['/Subtype'] === '/TrueType')
          return (tables) => glyphsShown(tables, codes, differencesOf(dictionary, copy))
        const map = dictionary['/Subtype'] === '/CIDFontType2' ? await glyphMap(dictionary, copy) : undefined
        return map && (() => new Set([0, ...[...codes].map(map)]))
      }),
    ),
  )
}

/** Chooses the glyphs of a program in Compact Font Format that its fonts show, or can show; undefined where it may be any. */
export function compactGlyphs(
  users: readonly FontUser[],
  shown: ShownCodes | undefined,
  copy: WorkingCopy,
): Choice<Program> | undefined {
  return together(
    users.map(({ dictionary }): Choice<Program> | undefined => {
      const codes = shown?.(dictionary)
      const kind = dictionary['/Subtype']
      if (kind === '/Type1')
        return (program) => glyphsOfCodes(program, codes, differencesOf(dictionary, copy))
      return kind === '/CIDFontType0' && codes ? (program) => glyphsOfCharacters(program, codes) : undefined
    }),
  )
}

/** The glyphs of all; undefined where one of them may need any. */
function together<Font>(choices: readonly (Choice<Font> | undefined)[]): Choice<Font> | undefined {
  const known = choices.filter((each) => each !== undefined)
  if (known.length < choices.length || known.length === 0) return undefined
  return (font) => {
    const all = new Set<number>()
    for (const each of known) {
      const own = each(font)
      if (!own) return undefined
      for (const glyph of own) all.add(glyph)
    }
    return all
  }
}

/** How characters of a font lead to its glyphs (ISO 32000-1, 9.7.4.2: CIDToGIDMap); undefined where that cannot be read. */
async function glyphMap(
  { '/CIDToGIDMap': map }: Dictionary,
  copy: WorkingCopy,
): Promise<((character: number) => number) | undefined> {
  const value = copy.resolve(map)
  if (value === undefined || value === '/Identity') return (character) => character
  const stream = copy.stream(map)
  const bytes = stream && (await plainStream(stream, copy, mostMapBytes))
  if (!bytes) return undefined
  return (character) => (character * 2 + 1 < bytes.length ? bytes.readUInt16BE(character * 2) : 0)
}

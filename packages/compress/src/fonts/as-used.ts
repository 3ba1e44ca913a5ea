import { withFewerGlyphs } from './cff/fewer-glyphs.ts'
import { glyphsOfCharacters, glyphsOfCodes } from './cff/glyphs-shown.ts'
import type { Program } from './cff/program.ts'
import { glyphsShown } from './shown/true-type-glyphs.ts'
import { builtInEncoding } from '../drawn-anew/built-in-encoding.ts'
import { charactersOfCode, namesOf } from './latin-characters.ts'
import { slimTrueType } from './truetype.ts'
import { tablesIn, type Tables } from '@pdf-smaller/pdf/sfnt'

/** A font that draws with a program, as far as it can be told without the rest of its document. */
export type FontUser = {
  /** Such as `TrueType`. */
  kind: string
  /** The codes that are shown; undefined where it may be any. */
  codes: ReadonlySet<number> | undefined
  /** The names that its encoding tells of its codes. */
  differences: ReadonlyMap<number, string>
}

type Use = { name: string; users: readonly FontUser[] }

/** What becomes of embedded programs; undefined where they stay as they are. */
export const fontsAsUsed = {
  trueType: (font: Uint8Array, { name, users }: Use, keepHinting: boolean): Uint8Array | undefined =>
    slimTrueType(font, {
      name,
      isSimple: !users.every(({ kind }) => kind === 'CIDFontType2'),
      names: users.every(({ kind }) => kind === 'TrueType')
        ? users.flatMap(({ differences }) => [...differences.values()])
        : undefined,
      shown: (tables) => together(users, (user) => shownInTrueType(tables, user)),
      keepHinting,
    }),
  compact: (font: Uint8Array, { users }: Use): Uint8Array | undefined => {
    const program = tablesIn(font)?.get('CFF ') ?? font
    return withFewerGlyphs(program, (read) => together(users, (user) => shownInCompact(read, user)))
  },
  /** The names of the glyphs of a Type 1 program that are shown; undefined where it may be any. */
  typeOneNames: (program: Uint8Array, { users }: Use): ReadonlySet<string> | undefined => {
    const own = builtInEncoding(program)
    const names = new Set<string>()
    for (const { codes, differences } of users) {
      if (!codes) return undefined
      for (const code of codes) {
        const name = differences.get(code) ?? own?.get(code)?.slice(1)
        for (const each of name === undefined ? charactersOfCode(code).flatMap(namesOf) : [name])
          names.add(each)
      }
    }
    return names
  },
}

function together(
  users: readonly FontUser[],
  choose: (user: FontUser) => Iterable<number> | undefined,
): Set<number> | undefined {
  const all = new Set<number>()
  for (const user of users) {
    const own = choose(user)
    if (!own) return undefined
    for (const glyph of own) all.add(glyph)
  }
  return all
}

function shownInTrueType(
  tables: Tables,
  { kind, codes, differences }: FontUser,
): Iterable<number> | undefined {
  if (!codes) return undefined
  return kind === 'TrueType' ? glyphsShown(tables, codes, differences) : [0, ...codes]
}

function shownInCompact(
  program: Program,
  { kind, codes, differences }: FontUser,
): Iterable<number> | undefined {
  if (kind === 'Type1') return glyphsOfCodes(program, codes, differences)
  return codes && glyphsOfCharacters(program, codes)
}

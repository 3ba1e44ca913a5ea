import { type ObjectText, nameOf, referenceOf } from './objects.ts'
import type { ShownCodes } from './shown-codes.ts'

/** What fonts and their descriptors say of their programs (ISO 32000-1, 9.8 and 9.6.4). */
type FontNames = {
  note: (object: ObjectText) => void
  /** @param codesOf undefined where contents cannot be read */
  found: (codesOf: ShownCodes | undefined) => FoundFonts
}

/** What is known of font programs, by their numbers. */
export type FoundFonts = {
  /** How its glyphs are found; undefined where no font that is an object of its own has it. */
  useOf: (number: number) => FontUse | undefined
}

/** A font program as those use it that draw with it. */
export type FontUse = { name: string; users: readonly FontUser[] }

/** A font that draws with a program. */
export type FontUser = {
  kind: string
  /** The codes that are shown; undefined where it may be any. */
  codes: ReadonlySet<number> | undefined
  /** The names that its encoding tells of its codes. */
  differences: ReadonlyMap<number, string>
}

type Font = {
  kind: string
  descriptor: number | undefined
  encoding: number | ReadonlyMap<number, string> | undefined
  /** Of a composite font: the font within, and whether codes are numbers of characters. */
  descendant: number | undefined
  isIdentity: boolean
  /** Whether characters lead to glyphs by a table. */
  hasMap: boolean
}

const mostFonts = 20_000
/** Descriptors of one program that are remembered. */
const mostDescriptors = 8
/** Encodings that are remembered. */
const mostEncodings = 5000

export function openFontNames(): FontNames {
  /** Of each program: the name, and the descriptors. */
  const names = new Map<number, string>()
  const descriptors = new Map<number, number[]>()
  const fonts = new Map<number, Font>()
  const differences = new Map<number, ReadonlyMap<number, string>>()
  const descendants = new Map<number, number>()
  return {
    note: ({ number, text }) => {
      if (descendants.size < mostFonts) {
        const only = /^\s{0,8}\[\s{0,8}(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R\s{0,8}\]/.exec(text.slice(0, 64))?.[1]
        if (only) descendants.set(number, Number(only))
      }
      if (!/\/(?:Font|Differences|Descendant)/.test(text)) return
      const kind = nameOf(text, 'Subtype')
      const descriptor = referenceOf(text, 'FontDescriptor')
      if (kind !== undefined && fonts.size < mostFonts && (descriptor !== undefined || kind === 'Type0')) {
        fonts.set(number, {
          kind,
          descriptor,
          encoding: referenceOf(text, 'Encoding') ?? differencesIn(text),
          descendant: /\/DescendantFonts\s{0,8}\[?\s{0,8}(\d{1,10})/.exec(text)?.slice(1).map(Number)[0],
          isIdentity: nameOf(text, 'Encoding') === 'Identity-H',
          hasMap: referenceOf(text, 'CIDToGIDMap') !== undefined,
        })
      } else if (differences.size < mostEncodings && text.includes('/Differences'))
        differences.set(number, differencesIn(text))
      const program =
        referenceOf(text, 'FontFile') ?? referenceOf(text, 'FontFile2') ?? referenceOf(text, 'FontFile3')
      if (program === undefined || names.size >= mostFonts) return
      names.set(program, nameOf(text, 'FontName') ?? '')
      descriptors.set(program, [...(descriptors.get(program) ?? []).slice(0, mostDescriptors), number])
    },
    found: (codesOf) => {
      const users = Map.groupBy(fonts, ([, { descriptor }]) => descriptor ?? -1)
      const composite = compositeFonts(fonts, descendants)
      const userOf = ([number, font]: [number, Font]): FontUser[] => {
        const { kind, encoding, hasMap } = font
        if (!kind.startsWith('CIDFont')) {
          const told = typeof encoding === 'number' ? differences.get(encoding) : encoding
          return [{ kind, codes: codesOf?.(number, 1), differences: told ?? new Map() }]
        }
        const parents = composite.get(number) ?? []
        return parents.map(([parent, { isIdentity }]) => ({
          kind,
          codes: isIdentity && !hasMap ? codesOf?.(parent, 2) : undefined,
          differences: new Map(),
        }))
      }
      return {
        useOf: (number) => {
          const its = (descriptors.get(number) ?? []).flatMap((each) => users.get(each) ?? []).flatMap(userOf)
          return its.length > 0 ? { name: names.get(number) ?? '', users: its } : undefined
        },
      }
    },
  }
}

/** Composite fonts by the font within; a list of that may be an object of its own. */
function compositeFonts(
  fonts: ReadonlyMap<number, Font>,
  descendants: ReadonlyMap<number, number>,
): Map<number, [number, Font][]> {
  const composite = new Map<number, [number, Font][]>()
  for (const [number, font] of fonts) {
    if (font.descendant === undefined) continue
    const within = descendants.get(font.descendant) ?? font.descendant
    composite.set(within, [...(composite.get(within) ?? []), [number, font]])
  }
  return composite
}

/** The names that an encoding tells of its codes (ISO 32000-1, 9.6.6). */
function differencesIn(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const from = text.indexOf('/Differences')
  if (from < 0) return names
  const to = text.indexOf(']', from)
  const list = text.slice(from + '/Differences'.length, to < 0 ? undefined : to)
  let code = 0
  for (const [, number, name] of list.matchAll(/(?<![\w/.-])(\d{1,3})\b|\/([^\s/<>[\]()]{1,64})/g)) {
    if (name === undefined) code = Number(number)
    else names.set(code++, name)
  }
  return names
}

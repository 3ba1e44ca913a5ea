import { type ObjectText, nameOf, referenceOf } from './objects.ts'

/** What the descriptors of fonts say of their programs (ISO 32000-1, 9.8 and 9.6.4). */
type FontNames = {
  note: (object: ObjectText) => void
  found: () => FoundFonts
}

/** What is known of font programs, by their numbers. */
export type FoundFonts = {
  /** Whether it was not reduced to the characters of its document. */
  isWhole: (number: number) => boolean
  /** Whether there are others of the same name. */
  isShared: (number: number) => boolean
  /** Whether several fonts draw with it. */
  isUsedTwice: (number: number) => boolean
  /** How its glyphs are found; undefined where no font that is an object of its own has it. */
  useOf: (number: number) => FontUse | undefined
}

/** A font program as those use it that draw with it. */
export type FontUse = {
  name: string
  /** Whether codes of single bytes lead to its glyphs by its own tables. */
  isSimple: boolean
  /** The names of glyphs that encodings tell; undefined where glyphs are found by their numbers, too. */
  names: readonly string[] | undefined
}

const mostFonts = 20_000
/** Descriptors of one program that are remembered, and encodings of one font. */
const mostDescriptors = 8
/** Encodings that are remembered, and as much of each. */
const mostEncodings = 5000
/** How the name of a font begins that was reduced to the characters of its document. */
const subset = /^[A-Z]{6}\+/

export function openFontNames(): FontNames {
  /** Of each program: the name, and the descriptor. */
  const names = new Map<number, string>()
  const descriptors = new Map<number, number[]>()
  /** Of each descriptor: the encodings of the simple fonts that it describes, and whether composite fonts do. */
  const encodings = new Map<number, (number | readonly string[])[]>()
  const composite = new Set<number>()
  /** Of each descriptor, how many fonts there are. */
  const users = new Map<number, number>()
  const differences = new Map<number, readonly string[]>()
  const noteFont = (text: string) => {
    const kind = nameOf(text, 'Subtype')
    const descriptor = referenceOf(text, 'FontDescriptor')
    if (descriptor === undefined || users.size >= mostFonts) return
    users.set(descriptor, (users.get(descriptor) ?? 0) + 1)
    if (kind === 'CIDFontType2') composite.add(descriptor)
    if (kind !== 'TrueType') return
    const known = encodings.get(descriptor) ?? []
    encodings.set(descriptor, [
      ...known.slice(0, mostDescriptors),
      referenceOf(text, 'Encoding') ?? namesIn(text),
    ])
  }
  return {
    note: ({ number, text }) => {
      noteFont(text)
      if (differences.size < mostEncodings && text.includes('/Differences'))
        differences.set(number, namesIn(text))
      const program =
        referenceOf(text, 'FontFile') ?? referenceOf(text, 'FontFile2') ?? referenceOf(text, 'FontFile3')
      if (program === undefined || names.size >= mostFonts) return
      names.set(program, nameOf(text, 'FontName') ?? '')
      descriptors.set(program, [...(descriptors.get(program) ?? []).slice(0, mostDescriptors), number])
    },
    found: () => {
      const bare = (name: string) => name.replace(subset, '')
      const groups = Map.groupBy(names, ([, name]) => bare(name))
      return {
        isWhole: (number) => names.has(number) && !subset.test(names.get(number) ?? ''),
        isShared: (number) => (groups.get(bare(names.get(number) ?? ''))?.length ?? 0) > 1,
        isUsedTwice: (number) =>
          (descriptors.get(number) ?? []).reduce((sum, each) => sum + (users.get(each) ?? 0), 0) > 1,
        useOf: (number) => {
          const its = descriptors.get(number) ?? []
          const simple = its.flatMap((each) => encodings.get(each) ?? [])
          const named = simple.flatMap((each) =>
            typeof each === 'number' ? (differences.get(each) ?? []) : each,
          )
          const isComposite = its.some((each) => composite.has(each))
          if (simple.length === 0 && !isComposite) return undefined
          return {
            name: names.get(number) ?? '',
            isSimple: simple.length > 0,
            names: isComposite ? undefined : named,
          }
        },
      }
    },
  }
}

/** The names that an encoding tells (ISO 32000-1, 9.6.6). */
function namesIn(text: string): readonly string[] {
  const from = text.indexOf('/Differences')
  if (from < 0) return []
  const to = text.indexOf(']', from)
  const list = text.slice(from + '/Differences'.length, to < 0 ? undefined : to)
  return [...list.matchAll(/\/([^\s/<>[\]()]{1,64})/g)].map(([, name = '']) => name)
}

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
  /** Whether codes of single bytes lead to its glyphs by its own tables. */
  isSimple: (number: number) => boolean
}

const mostFonts = 20_000
/** How the name of a font begins that was reduced to the characters of its document. */
const subset = /^[A-Z]{6}\+/

export function openFontNames(): FontNames {
  /** Of each program: the name, and the descriptor. */
  const names = new Map<number, string>()
  const descriptors = new Map<number, number>()
  const ofSimple = new Set<number>()
  return {
    note: ({ number, text }) => {
      const descriptor =
        nameOf(text, 'Subtype') === 'TrueType' ? referenceOf(text, 'FontDescriptor') : undefined
      if (descriptor !== undefined && ofSimple.size < mostFonts) ofSimple.add(descriptor)
      const program =
        referenceOf(text, 'FontFile') ?? referenceOf(text, 'FontFile2') ?? referenceOf(text, 'FontFile3')
      if (program === undefined || names.size >= mostFonts) return
      names.set(program, nameOf(text, 'FontName') ?? '')
      descriptors.set(program, number)
    },
    found: () => {
      const bare = (name: string) => name.replace(subset, '')
      const groups = Map.groupBy(names, ([, name]) => bare(name))
      return {
        isWhole: (number) => names.has(number) && !subset.test(names.get(number) ?? ''),
        isShared: (number) => (groups.get(bare(names.get(number) ?? ''))?.length ?? 0) > 1,
        isSimple: (number) => ofSimple.has(descriptors.get(number) ?? -1),
      }
    },
  }
}

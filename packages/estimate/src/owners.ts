import type { ObjectText } from './objects.ts'
import { isArrayOfReferences, isListOfNames, listIn, referencesIn } from './written-lists.ts'

/** What has contents: pages, forms, patterns, and fonts of which each glyph is one. */
export type Owners = {
  note: (object: ObjectText) => void
  /** The streams of each, in their order. */
  found: () => ReadonlyMap<number, readonly number[]>
}

/** So many of each kind are remembered, and so long arrays. */
const [mostObjects, longestArray] = [20_000, 100_000]

const oneReference = '(\\d{1,10})\\s{1,8}\\d{1,5}\\s{1,8}R\\b'
const contentsOf = new RegExp(`/Contents\\s{0,8}(?:\\[([^\\]]{0,50000})|${oneReference})`)
const glyphsOf = new RegExp(`/CharProcs\\s{0,8}(?:<<([^<>]{0,50000})|${oneReference})`)

export function openOwners(): Owners {
  const contents = new Map<number, readonly number[]>()
  const glyphs = new Map<number, readonly number[]>()
  const forms = new Set<number>()
  /** Objects that may be arrays of contents, or lists of glyphs. */
  const arrays = new Map<number, string>()
  return {
    note: ({ number, text }) => {
      if (Math.max(contents.size, glyphs.size, forms.size, arrays.size) > mostObjects) return
      if (text.length < longestArray && (isArrayOfReferences(text) || isListOfNames(text))) arrays.set(number, text)
      if (/\/Type\s{0,8}\/Page\b/.test(text)) contents.set(number, streamsIn(contentsOf.exec(text)))
      if (/\/Subtype\s{0,8}\/Form\b|\/PatternType\b/.test(text)) forms.add(number)
      if (text.includes('/CharProcs')) glyphs.set(number, streamsIn(glyphsOf.exec(text)))
    },
    found: () => {
      const followed = (numbers: readonly number[]) =>
        numbers.flatMap((number) => {
          const array = arrays.get(number)
          if (array === undefined) return [number]
          return isArrayOfReferences(array) ? referencesIn(array) : [...listIn(array).values()]
        })
      const owners = new Map([...forms].map((form): [number, readonly number[]] => [form, [form]]))
      for (const [owner, streams] of [...contents, ...glyphs]) owners.set(owner, followed(streams))
      return owners
    },
  }
}

const streamsIn = (found: RegExpExecArray | null): number[] => {
  const [, many, one] = found ?? []
  return many === undefined ? (one === undefined ? [] : [Number(one)]) : referencesIn(many)
}

import type { ObjectText } from './objects.ts'
import { isArrayOfReferences, isListOfNames, listIn, reference, referencesIn } from './written-lists.ts'

/** What has contents: pages, forms, patterns, and fonts of which each glyph is one. */
export type Owners = {
  note: (object: ObjectText) => void
  /** The streams of each, in their order. */
  found: () => FoundOwners
}

export type FoundOwners = {
  streams: ReadonlyMap<number, readonly number[]>
  /** By how much a form or pattern makes areas larger of itself (its Matrix). */
  scaleOf: (form: number) => number
}

/** So many of each kind are remembered, and so long arrays. */
const [mostObjects, longestArray] = [20_000, 100_000]

const contentsOf = new RegExp(`/Contents\\s{0,8}(?:\\[([^\\]]{0,50000})|${reference})`)
const glyphsOf = new RegExp(`/CharProcs\\s{0,8}(?:<<([^<>]{0,50000})|${reference})`)

export function openOwners(): Owners {
  const contents = new Map<number, readonly number[]>()
  const glyphs = new Map<number, readonly number[]>()
  const forms = new Map<number, number>()
  /** Objects that may be arrays of contents, or lists of glyphs. */
  const arrays = new Map<number, readonly number[]>()
  const lists = new Map<number, readonly number[]>()
  return {
    note: ({ number, text }) => {
      if (Math.max(contents.size, glyphs.size, forms.size, arrays.size, lists.size) > mostObjects) return
      if (text.length < longestArray) {
        if (isArrayOfReferences(text)) arrays.set(number, referencesIn(text))
        else if (isListOfNames(text)) lists.set(number, [...listIn(text).values()])
      }
      if (/\/Type\s{0,8}\/Page\b/.test(text)) contents.set(number, streamsIn(contentsOf.exec(text)))
      if (/\/Subtype\s{0,8}\/Form\b|\/PatternType\b/.test(text)) forms.set(number, scaleIn(text))
      if (text.includes('/CharProcs')) glyphs.set(number, streamsIn(glyphsOf.exec(text)))
    },
    found: () => {
      const owners = new Map([...forms.keys()].map((form): [number, readonly number[]] => [form, [form]]))
      for (const [direct, listed] of [
        [contents, arrays],
        [glyphs, lists],
      ] as const)
        for (const [owner, streams] of direct)
          owners.set(
            owner,
            streams.flatMap((each) => listed.get(each) ?? [each]),
          )
      return { streams: owners, scaleOf: (form) => forms.get(form) ?? 1 }
    },
  }
}

const streamsIn = (found: RegExpExecArray | null): number[] => {
  const [, many, one] = found ?? []
  return many === undefined ? (one === undefined ? [] : [Number(one)]) : referencesIn(many)
}

const number = '([-+.\\d]{1,20})'
const matrix = new RegExp(
  `/Matrix\\s{0,8}\\[\\s{0,8}${number}\\s{1,8}${number}\\s{1,8}${number}\\s{1,8}${number}\\s`,
)

function scaleIn(text: string): number {
  const [, a = 1, b = 0, c = 0, d = 1] = matrix.exec(text)?.map(Number) ?? []
  return Math.abs(a * d - b * c) || 1
}

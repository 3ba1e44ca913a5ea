import { type ObjectText, referenceOf } from './objects.ts'
import type { FoundLists } from './resource-lists.ts'
import { referencesIn } from './written-lists.ts'

/** Fonts that something may be filled in with (ISO 32000-1, 12.7.3.3): any of their glyphs may be asked for. */
export type Fillable = {
  note: (object: ObjectText) => void
  found: (fonts: FoundLists) => ReadonlySet<number>
}

/** So many appearances and names are remembered. */
const mostRemembered = 20_000
const appearances = /\/AP\s{0,8}<<((?:[^<>]|<<[^<>]{0,2000}>>){0,2000})/
const appearanceString = /\/DA\s{0,8}\(([^)]{0,200})/
const fontSet = /\/([^\s/<>[\]()]{1,64})\s{1,8}[-+.\d]{1,20}\s{1,8}Tf/g

export function openFillable(): Fillable {
  /** Forms, or their resources, of which all fonts count; and names of fonts. */
  const owners = new Set<number>()
  const names = new Set<string>()
  return {
    note: ({ number, text }) => {
      if (Math.max(owners.size, names.size) > mostRemembered) return
      if (text.includes('/DR')) owners.add(referenceOf(text, 'DR') ?? number)
      if (!/\/(?:Widget|DA)\b/.test(text)) return
      for (const each of referencesIn(appearances.exec(text)?.[1] ?? '')) owners.add(each)
      for (const [, font = ''] of (appearanceString.exec(text)?.[1] ?? '').matchAll(fontSet)) names.add(font)
    },
    found: ({ namedBy, everywhere }) =>
      new Set([...[...owners].flatMap(namedBy), ...[...names].flatMap(everywhere)]),
  }
}

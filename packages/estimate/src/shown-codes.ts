import type { FoundOwners } from './owners.ts'
import type { FoundLists } from './resource-lists.ts'
import type { ShownTexts } from './shown-texts.ts'

/** Tells the codes of one byte or of two that a document shows with a font; undefined where it may be any. */
export type ShownCodes = (font: number, bytesOfCode: 1 | 2) => ReadonlySet<number> | undefined

type Codes = { bytes: Set<number>; pairs: Set<number> }

/** What of a document has contents, and what its fonts are. */
type Drawn = {
  owners: FoundOwners
  fonts: FoundLists
  fillable: ReadonlySet<number>
}

/** Brings what contents show together with the fonts that they mean. */
export function shownCodes(texts: ShownTexts, { owners, fonts, fillable }: Drawn): ShownCodes {
  const known = new Map<number, Codes>()
  let [read, unread] = [0, 0]
  for (const [owner, streams] of owners.streams) {
    let last = ''
    for (const stream of streams) {
      const { texts: shown = [], lastFont = '' } = texts.of(stream) ?? {}
      if (texts.of(stream)) read++
      else unread++
      for (const { font, bytes, pairs } of shown)
        for (const each of fonts.meant(owner, font === '' ? last : font)) {
          const own = known.get(each) ?? { bytes: new Set(), pairs: new Set() }
          known.set(each, own)
          for (const code of bytes) own.bytes.add(code)
          for (const code of pairs) own.pairs.add(code)
        }
      last = lastFont === '' ? last : lastFont
    }
  }
  return (font, bytesOfCode) => {
    if (unread > read || fillable.has(font) || !fonts.isNamed(font)) return undefined
    const own = known.get(font)
    return (bytesOfCode === 1 ? own?.bytes : own?.pairs) ?? new Set()
  }
}

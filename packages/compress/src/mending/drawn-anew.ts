import { fontsOf, inherited, type PdfObject, reachedFrom, without } from '@pdf-smaller/pdf'
import type { InspectedDocument } from '../inspect.ts'

/** What passes have drawn anew of pages, and fonts they show; each page can have the old ones back. */
export type DrawnAnew = {
  /** Notes what is changed meanwhile. */
  watch: <T>(change: () => Promise<T>) => Promise<T>
  /** The pages whose contents are new. */
  contents: () => Set<number>
  isAny: () => boolean
  /** Whether a page shows a font that is new. */
  hasNewFonts: (page: number) => boolean
  /** Whether a page shows a font that was slimmed. */
  hasSlimFonts: (page: number) => boolean
  /** The old contents of a page, which show its old fonts or what has become of them. */
  restoreContents: (page: number) => void
  /** The old programs of all fonts that a page shows, on all pages. */
  restoreFonts: (page: number) => void
  /** The whole programs of all slimmed fonts that a page shows, on all pages. */
  restoreSlimFonts: (page: number) => void
}

/** @param slimmed font programs as they were before they were slimmed, by their references */
export function openDrawnAnew(
  { copy, pageReferences }: InspectedDocument,
  slimmed: Map<string, PdfObject>,
): DrawnAnew {
  const numbers = new Map(pageReferences.map((reference, index) => [reference, index + 1]))
  const oldPages = new Map<number, PdfObject>()
  const oldFonts = new Map<string, PdfObject>()
  const present = () => {
    const fonts = fontsOf(copy).flatMap(({ reference, descriptor, file }) => [reference, descriptor, file])
    return new Map([...pageReferences, ...fonts].map((each) => [each, each && copy.all.get(each)]))
  }
  const fontsOn = (page: number, among: ReadonlyMap<string, PdfObject>) => {
    const reference = pageReferences[page - 1] ?? ''
    const shown = [without(copy.dictionary(reference), '/Parent'), inherited(copy, reference, '/Resources')]
    return [...reachedFrom(copy, shown, (each) => !numbers.has(each))].flatMap((each) =>
      'reference' in each && among.has(each.reference) ? [each.reference] : [],
    )
  }
  const restore = (page: number, among: Map<string, PdfObject>) => {
    for (const reference of fontsOn(page, among)) {
      const old = among.get(reference)
      if (old) copy.put(reference, old)
      among.delete(reference)
    }
  }
  return {
    watch: async (change) => {
      const before = present()
      try {
        return await change()
      } finally {
        for (const [reference, object] of before) {
          if (!reference || !object || copy.all.get(reference) === object) continue
          const page = numbers.get(reference)
          if (page !== undefined) oldPages.set(page, object)
          else if (!oldFonts.has(reference)) oldFonts.set(reference, object)
        }
      }
    },
    contents: () => new Set(oldPages.keys()),
    isAny: () => oldPages.size + oldFonts.size > 0,
    hasNewFonts: (page) => fontsOn(page, oldFonts).length > 0,
    hasSlimFonts: (page) => fontsOn(page, slimmed).length > 0,
    restoreContents: (page) => {
      const old = oldPages.get(page)
      if (!old) return
      copy.put(pageReferences[page - 1] ?? '', old)
      oldPages.delete(page)
    },
    restoreFonts: (page) => restore(page, oldFonts),
    restoreSlimFonts: (page) => restore(page, slimmed),
  }
}

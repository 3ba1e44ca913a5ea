import type { Dictionary, PdfObjects } from './pdf-objects.ts'
import { textOf } from './text-string.ts'

/** An entry of a document's outline. */
export type OutlineItem = { title: string; dictionary: Dictionary; isOpen: boolean; kids: OutlineItem[] }

/** The entries of the outline (ISO 32000-1, 12.3.3), each once, whatever circles they are linked in. */
export function outlineOf(objects: PdfObjects): OutlineItem[] {
  const seen = new Set<unknown>()
  const itemsFrom = (first: unknown): OutlineItem[] => {
    const items: OutlineItem[] = []
    for (let next = first; next !== undefined && !seen.has(next);) {
      seen.add(next)
      const dictionary = objects.dictionary(next)
      items.push({
        title: textOf(objects.resolve(dictionary['/Title'])) ?? '',
        dictionary,
        isOpen: objects.number(dictionary['/Count']) > 0,
        kids: itemsFrom(dictionary['/First']),
      })
      next = dictionary['/Next']
    }
    return items
  }
  const root = objects.dictionary(objects.trailer['/Root'])
  return itemsFrom(objects.dictionary(root['/Outlines'])['/First'])
}

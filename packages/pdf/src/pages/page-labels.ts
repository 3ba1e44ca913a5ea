import type { PdfObjects } from '../objects/pdf-objects.ts'
import { treeEntries } from '../objects/trees.ts'

/** How a page is numbered: its style (`/D`, `/r`, …), what stands before the number, and the number. */
export type PageLabel = { style: unknown; prefix: unknown; number: number }

/** The label of each page (ISO 32000-1, 12.4.2); undefined when the document has none. */
export function pageLabels(objects: PdfObjects, pages: number): PageLabel[] | undefined {
  const root = objects.dictionary(objects.trailer['/Root'])
  const ranges = new Map<unknown, unknown>(treeEntries(objects, root['/PageLabels'], '/Nums'))
  if (ranges.size === 0) return undefined
  let label: PageLabel = { style: '/D', prefix: undefined, number: 0 }
  return Array.from({ length: pages }, (_, index) => {
    if (!ranges.has(index)) return (label = { ...label, number: label.number + 1 })
    const range = objects.dictionary(ranges.get(index))
    const [style, prefix] = [objects.resolve(range['/S']), objects.resolve(range['/P'])]
    return (label = { style, prefix, number: objects.number(range['/St']) || 1 })
  })
}

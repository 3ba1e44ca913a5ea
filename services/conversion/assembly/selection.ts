import type { Lead } from './selected.ts'
import type { Selection } from './selected.ts'
import { type Dictionary, isReference } from '@pdf-smaller/pdf'
import type { Part, Source } from './source.ts'
import { elementsFor } from './tags.ts'

/** A part, with what of its source belongs to its pages. */
export type SelectedPart = Part & { selection: Selection }

export const selected = (part: Part): SelectedPart => ({ ...part, selection: selectionOf(part) })

/** Which objects of the source belong to the pages of the part. */
function selectionOf({ source, pages }: Part): Selection {
  const { pageIndex, annotationPage, fields, tags, document } = source
  const isWhole = new Set(pages).size === document.pages
  const selected = new Set(pages.map((page) => page - 1))
  const keptFields = isWhole ? fields.all : fieldsOn(source, pages)
  const elements = tags
    ? isWhole
      ? new Set(tags.parents.keys())
      : elementsFor(tags, pages)
    : new Set<string>()
  const { copy } = document
  const root = copy.trailer['/Root']
  const [firstPage, lastPage] = [Math.min(...pages), Math.max(...pages)]
  const lead = (from: Dictionary) => leadOf(source, selected, from)
  return {
    isWhole,
    meets: ({ first, last }) => first <= lastPage && last >= firstPage,
    elements,
    fields: keptFields,
    has: (reference) => {
      const page = pageIndex.get(reference)
      if (page !== undefined) return selected.has(page)
      const annotatedPage = annotationPage.get(reference)
      if (annotatedPage !== undefined) {
        const annotation = copy.dictionary(reference)
        return selected.has(annotatedPage) && !(isLink(annotation) && lead(annotation).kind === 'lost')
      }
      if (fields.all.has(reference)) return keptFields.has(reference)
      if (tags?.parents.has(reference)) return elements.has(reference)
      return reference !== root && copy.dictionary(reference)['/Type'] !== '/Pages'
    },
    lead,
  }
}

export const isLink = (annotation: Dictionary): boolean => annotation['/Subtype'] === '/Link'

function leadOf(source: Source, selected: ReadonlySet<number>, from: Dictionary): Lead {
  const action = source.document.copy.dictionary(from['/A'])
  if (from['/Dest'] === undefined && action['/S'] === '/GoToR') return { kind: 'file', action }
  if (from['/Dest'] === undefined && action['/S'] !== '/GoTo')
    return { kind: action['/S'] === undefined ? 'nowhere' : 'action' }
  const destination = source.destinations.of(from)
  if (!destination) return { kind: 'nowhere' }
  const page = source.pageIndex.get(destination[0]) ?? -1
  return selected.has(page) ? { kind: 'inside', destination } : { kind: 'lost' }
}

function fieldsOn(
  { document: { copy, pageReferences }, fields }: Source,
  pages: readonly number[],
): Set<string> {
  const kept = new Set<string>()
  if (fields.all.size === 0) return kept
  for (const page of pages) {
    for (const annotation of copy.array(copy.dictionary(pageReferences[page - 1])['/Annots'])) {
      let next = annotation
      while (isReference(next) && fields.all.has(next) && !kept.has(next)) {
        kept.add(next)
        next = copy.dictionary(next)['/Parent']
      }
    }
  }
  return kept
}

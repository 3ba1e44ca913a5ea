import { type Destination, type Dictionary, isReference } from '@pdf-smaller/pdf'
import type { Part, Source, Span } from './source.ts'
import { elementsFor } from './tags.ts'

/** What of a source belongs to some of its pages. */
export type Selection = {
  /** Whether it is all pages. */
  isWhole: boolean
  /** Whether any of the pages may be among those of a span. */
  meets: (span: Span) => boolean
  /** Whether an object comes along; those that belong to no page in particular do. */
  has: (reference: string) => boolean
  /** The elements of the structure that come along. */
  elements: ReadonlySet<string>
  /** The fields that have a widget on the pages, and those above them. */
  fields: ReadonlySet<string>
  /** Where a link or an entry of the outline leads, seen from the pages. */
  lead: (from: Dictionary) => Lead
}

/**
 * To a page that comes along, to one that does not or to none at all, to a page of another file, or not to a page.
 */
export type Lead =
  | { kind: 'inside'; destination: Destination }
  | { kind: 'lost' }
  | { kind: 'nowhere' }
  | { kind: 'file'; action: Dictionary }
  | { kind: 'action' }

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

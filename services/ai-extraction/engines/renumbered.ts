import type { AnyField, ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import { mapFields } from '@pdf-smaller/extraction'
import type { PageWords } from '../reading/page-words.ts'

/**
 * Reads pages as if they were a whole file, whose first page is 1, and tells of them by their own numbers: the rules look for
 * titles and numbers on the first page.
 */
export function asOwnFile<D extends ExtractedDocument>(
  pages: readonly PageWords[],
  read: (pages: readonly PageWords[]) => D,
): D {
  const numberOf = (page: number) => pages[page - 1]?.number ?? page
  const document = read(pages.map((page, index) => ({ ...page, number: index + 1 })))
  const inPlace = (field: AnyField): AnyField => ({
    ...field,
    provenance: field.provenance.map((place) => ({ ...place, page: numberOf(place.page) })),
  })
  return { ...mapFields(document, inPlace), pages: document.pages.map(numberOf) }
}

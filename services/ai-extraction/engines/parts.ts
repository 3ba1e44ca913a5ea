import type { ExtractionKind } from '@pdf-smaller/contracts/extraction'
import type { PageWords } from '../reading/page-words.ts'
import { splitDocuments } from '../rules/invoice/split-documents.ts'

/** The pages of each document of a file: invoices are told apart, statements are taken for one. */
export function partsOf(kind: ExtractionKind, pages: readonly PageWords[]): PageWords[][] {
  return kind === 'invoice' ? splitDocuments(pages) : [[...pages]]
}

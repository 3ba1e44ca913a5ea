import { type EngineContext, textOfRange } from '@pdf-smaller/engines'
import type { PdfiumDocument } from '@pdf-smaller/pdfium'
import { unlessUnreadable } from '../unreadable.ts'

/** Pages that are read in one go, and how many goes are kept: the pages of parts mostly follow each other. */
export const pagesAtOnce = 20
const mostKept = 6

/** The text of a page, from 1; undefined where it cannot be told. */
export type PageTexts = (page: number) => Promise<string | undefined>

/** Reads some pages; undefined where their text cannot be told. */
type ReadPages = (first: number, last: number) => Promise<string[] | undefined>

/** What each program reads of a document: programs disagree, so both sides of a comparison are read by the same. */
export type Texts = { pdfium: PageTexts; poppler: PageTexts }

export function textsOf(
  path: string,
  document: PdfiumDocument,
  pages: number,
  context: EngineContext,
): Texts {
  const byPdfium: ReadPages = (first, last) => {
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    return unlessUnreadable(() => document.texts(numbers))
  }
  const byPoppler: ReadPages = async (first, last) => {
    const texts = await unlessUnreadable(() => textOfRange(path, context, { first, last }, { layout: false }))
    // Text may hold the sign that stands between pages; then nobody knows which page it belongs to.
    return texts?.length === last - first + 1 ? texts : undefined
  }
  return { pdfium: pageTexts(pages, byPdfium), poppler: pageTexts(pages, byPoppler) }
}

function pageTexts(pages: number, read: ReadPages): PageTexts {
  const kept = new Map<number, Promise<string[] | undefined>>()
  return async (page) => {
    const index = (page - 1) % pagesAtOnce
    const first = page - index
    const known = kept.get(first) ?? read(first, Math.min(pages, first + pagesAtOnce - 1))
    kept.delete(first)
    kept.set(first, known)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return (await known)?.[index]
  }
}

import { type EngineContext, textOfRange } from '@pdf-smaller/engines'
import { unlessUnreadable } from './unreadable.ts'

/** Pages that are read in one go, and how many goes are kept: the pages of parts mostly follow each other. */
export const pagesAtOnce = 20
const mostKept = 6

/** The text of a page, from 1; undefined where it cannot be told. */
export type PageTexts = (page: number) => Promise<string | undefined>

/** Reads the text of a file's pages, some at a time. */
export function pageTexts(file: string, pages: number, context: EngineContext): PageTexts {
  const kept = new Map<number, Promise<string[] | undefined>>()
  const read = async (first: number): Promise<string[] | undefined> => {
    const last = Math.min(pages, first + pagesAtOnce - 1)
    const texts = await unlessUnreadable(() => textOfRange(file, context, { first, last }, { layout: false }))
    // Text may hold the sign that stands between pages; then nobody knows which page it belongs to.
    return texts?.length === last - first + 1 ? texts : undefined
  }
  return async (page) => {
    const index = (page - 1) % pagesAtOnce
    const first = page - index
    const known = kept.get(first) ?? read(first)
    kept.delete(first)
    kept.set(first, known)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return (await known)?.[index]
  }
}

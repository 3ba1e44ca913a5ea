import type { PageWords } from '../reading/page-words.ts'
import { cellsOf, type Cell } from './cells.ts'
import { linesOf, type Line } from './lines.ts'
import { pagesOfSpread } from './spreads.ts'

/**
 * The lines of a document in reading order over all its pages, and the cells of each line: the
 * two lists have the same indexes. Boxes are points from the top left corner of the page as seen.
 */
export type Layout = { pages: PageWords[]; lines: Line[]; cells: Cell[][] }

/** Lays the words of a document out; time grows with the number of words. */
export function layOut(pages: readonly PageWords[]): Layout {
  const lines = pages.flatMap(pagesOfSpread).flatMap(linesOf)
  return { pages: [...pages], lines, cells: lines.map(cellsOf) }
}

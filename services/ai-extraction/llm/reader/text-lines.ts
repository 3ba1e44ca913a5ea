import { cellsOf } from '../../layout/cells.ts'
import { linesOf } from '../../layout/lines.ts'
import { pagesOfSpread } from '../../layout/spreads.ts'
import type { PageWords, Word } from '../../reading/page-words.ts'

/** A line of a page as the model is told it, with the words that it is made of. */
export type TextLine = { page: number; text: string; words: Word[] }

/** Characters that a line of a page has at most, so that what stands in a column stands in one here, too. */
const charactersAcross = 110

/** The lines of pages from top to bottom, each thing where it stands across the page. */
export function textLines(pages: readonly PageWords[]): TextLine[] {
  return pages.flatMap(pagesOfSpread).flatMap((page) => {
    const width = Math.max(1, page.width) / charactersAcross
    return linesOf(page).map((line) => {
      let text = ''
      for (const cell of cellsOf(line)) {
        const column = Math.max(0, Math.round(cell.box.l / width))
        text = `${text}${' '.repeat(Math.max(text === '' ? 0 : 2, column - text.length))}${cell.text}`
      }
      return { page: line.page, text, words: line.words }
    })
  })
}

/** The lines as one text, told where each page begins. */
export function textOfLines(lines: readonly TextLine[]): string {
  return lines
    .map(({ page, text }, index) => (lines[index - 1]?.page === page ? text : `[page ${page}]\n${text}`))
    .join('\n')
}

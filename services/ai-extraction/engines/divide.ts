import { layOut } from '../layout/layout.ts'
import type { PageWords } from '../reading/page-words.ts'
import { titlesOf } from '../rules/invoice/gate.ts'
import { documentNumber, headOf } from '../rules/invoice/header.ts'

/** A name of a kind of document counts where it stands out so far, about from 0 to 10. */
const leastWeight = 1.5
/** A number beside a clear label. */
const leastScore = 0.55

/**
 * The pages of each document of a file with several: one begins where a page has a title and a number that is not that of the
 * document before. A page that repeats the number, or has none, goes on.
 */
export function divide(pages: readonly PageWords[]): PageWords[][] {
  const documents: { number: string | undefined; pages: PageWords[] }[] = []
  for (const page of pages) {
    const head = headOfPage(page)
    const last = documents.at(-1)
    const isNew = head !== undefined && last?.number !== undefined && head !== last.number
    if (!last || isNew) documents.push({ number: head, pages: [page] })
    else {
      last.pages.push(page)
      last.number ??= head
    }
  }
  return documents.map((each) => each.pages)
}

/** The number of the document that begins on a page; undefined where none can be told. */
function headOfPage(page: PageWords): string | undefined {
  // The rules look for numbers on a first page.
  const layout = layOut([{ ...page, number: 1 }])
  const [title] = titlesOf(layout, 1)
  if (!title || title.weight < leastWeight) return undefined
  const number = documentNumber(
    headOf(layout, () => false),
    title.line,
  )
  return number && number.score > leastScore ? number.value : undefined
}

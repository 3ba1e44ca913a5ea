import { layOut } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { PageWords } from '../../reading/page-words.ts'
import { isInvoiceType, titlesOf, type Title } from './gate.ts'
import { documentNumber, headOf } from './header.ts'
import { numberIn } from './identifiers.ts'
import type { TitleType } from './words/type-words.ts'

/** What a page says of the document that it belongs to. */
type PageHead = {
  title: Title | null
  number: string | null
  numbering: { page: number; of: number | null } | null
}

/** Documents that come with an invoice and are none of its pages. */
const others = new Set<TitleType>([
  'delivery-note',
  'order',
  'order-confirmation',
  'quotation',
  'receipt',
  'reminder',
  'account-statement',
  'bank-statement',
])

/**
 * The documents of a file, each with its pages: a new one begins where the numbering of pages begins again,
 * where a page with a title has another number, or where its title names another kind of document.
 */
export function splitDocuments(pages: readonly PageWords[]): PageWords[][] {
  const documents: PageWords[][] = []
  let current: PageHead | null = null
  for (const page of pages) {
    const head = headOfPage(page)
    if (!current || begins(head, current)) {
      documents.push([page])
      current = head
      continue
    }
    documents.at(-1)?.push(page)
    current = {
      title: current.title ?? head.title,
      number: current.number ?? head.number,
      numbering: head.numbering ?? current.numbering,
    }
  }
  return documents
}

function begins(head: PageHead, current: PageHead): boolean {
  const { title, number, numbering } = head
  const isNamed = title !== null && title.weight >= 1.5
  const differs = number !== null && current.number !== null && number !== current.number
  if (numbering && numbering.page > 1 && !differs) return false
  if (numbering?.page === 1 && isNamed && current.title !== null) return true
  if (!isNamed || !current.title) return false
  if (differs) return true
  const other = title.type !== current.title.type && title.weight >= 2.8
  return other && (others.has(title.type) || (others.has(current.title.type) && isInvoiceType(title.type)))
}

function headOfPage(page: PageWords): PageHead {
  // The rules look for numbers on a first page.
  const layout = layOut([{ ...page, number: 1 }])
  const [title = null] = titlesOf(layout, 1)
  const beside = documentNumber(
    headOf(layout, () => false),
    title?.line ?? 0,
  )
  const own = title ? numberIn(title.cell.words.slice(title.after)) : null
  const number = (beside && beside.score > 0.55 ? beside.value : null) ?? own?.value ?? null
  return { title, number, numbering: numberingOf(layout.lines.map((line) => line.text)) }
}

/** `Page 2 of 3`, `Seite 1/2`, `Pagina 1 di 2`; the total may be missing. */
function numberingOf(lines: readonly string[]): PageHead['numbering'] {
  for (const line of [...lines.slice(0, 15), ...lines.slice(-8)]) {
    const match =
      /\b(?:page|seite|pagina|pag|blatt|bladzijde|blz|hoja|folha|p)\s+(\d{1,3})(?:\s+(?:of|von|de|di|sur|van|\/)?\s*(\d{1,3}))?\b/.exec(
        plain(line.replaceAll('/', ' of ')),
      )
    if (match) return { page: Number(match[1]), of: match[2] === undefined ? null : Number(match[2]) }
  }
  return null
}

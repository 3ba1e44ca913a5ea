import type { Choice, DocumentType, Gate, Invoice } from '@pdf-smaller/contracts/extraction'
import type { Checked } from '@pdf-smaller/extraction'
import { layOut, type Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import type { PageWords } from '../../reading/page-words.ts'
import { headFields, otherNumbers, partyOf, paymentsOf } from './compose-head.ts'
import { adjustmentsOf, defined, linesOf, taxesOf } from './compose-lines.ts'
import { currencyIn } from './currency.ts'
import { datesIn, type DateOrder } from './dates.ts'
import { fieldMaker } from './fields.ts'
import { decide, titlesOf, type Signs, type Title } from './gate.ts'
import { totalsFields } from './compose-totals.ts'
import { dayBeside, documentNumber, headOf, type Found, type Head } from './header.ts'
import { numberIn } from './identifiers.ts'
import { isLedger } from './ledger.ts'
import { languageOf } from './language.ts'
import { partiesOf } from './parties.ts'
import { unreadTotals } from './unread-totals.ts'
import { bestReading, dateOrderOf, type Reading } from './readings.ts'

/** What the rules read of one document. `invoice` is null where the gate did not let it pass. */
export type InvoiceReading = {
  documentType: DocumentType
  pages: number[]
  language: string
  gate: Gate
  choices: Choice[]
  invoice: Invoice | null
  /** Checks of what the invoice itself does not say. */
  more: Checked[]
}

/** Reads one document by rules alone: first what it is, then, if it is an invoice, its fields. */
export function readInvoice(pages: readonly PageWords[]): InvoiceReading {
  const layout = layOut(pages)
  const { reading, choice } = bestReading(layout)
  const rows = new Set(reading.items.items.flatMap((item) => item.lines))
  const head = headOf(layout, (line) => rows.has(line))
  const titles = titlesOf(layout, pages[0]?.number ?? 1)
  const language = languageOf(layout)
  const currency = currencyIn(layout, head)
  const dates = (order: DateOrder) => ({
    issue: issueDate(layout, head, titles[0], order)?.value ?? null,
    due: dayBeside(head, 'dueDate', order)?.value ?? null,
  })
  const { order, choice: ofDates } = dateOrderOf(
    layout,
    { language, currency: currency?.value ?? null },
    dates,
  )
  const found = {
    number: numberOf(layout, head, titles),
    issued: issueDate(layout, head, titles[0], order),
    currency,
  }
  const { documentType, gate } = decide(titles, signsOf(layout, head, reading, found))
  const common = { documentType, pages: pages.map((page) => page.number), language, gate }
  if (!gate.accepted) return { ...common, choices: [], invoice: null, more: [] }
  const invoice = invoiceOf({ layout, head, titles, reading, rows, order }, found)
  const more = unreadTotals(layout, reading, currency?.value ?? null)
  return { ...common, choices: choicesOf(reading, choice, ofDates), invoice, more }
}

type Key = { number: Found | null; issued: Found | null; currency: Found | null }

function signsOf(layout: Layout, head: Head, { totals }: Reading, { number, issued }: Key): Signs {
  const isOfSeller = (field: string) => field === 'vatId' || field === 'iban' || field === 'registrationId'
  return {
    hasNumber: number !== null,
    hasDate: issued !== null,
    hasTotals: totals?.gross !== undefined,
    sumsHold: (totals?.checked ?? 0) > 0,
    hasSeller: head.hits.some((hit) => hit.meanings.some(({ field }) => isOfSeller(field))),
    labelledAsInvoice: isLabelledAsInvoice(head),
    isLedger: isLedger(layout),
    text: wordsOf(layout),
  }
}

/** What is said at most once is said on the first pages: a bound for what hostile text may cost. */
const wordsOf = (layout: Layout) =>
  layout.lines
    .map((line) => line.text)
    .join('\n')
    .slice(0, 40_000)

type Read = {
  layout: Layout
  head: Head
  titles: Title[]
  reading: Reading
  rows: ReadonlySet<number>
  order: DateOrder
}

function invoiceOf(
  { layout, head, titles, reading, rows, order }: Read,
  { number, issued, currency }: Key,
): Invoice {
  const make = fieldMaker(layout, currency?.value ?? null)
  const named = new Set(titles.filter(({ weight }) => weight >= 1).map(({ cell }) => cell))
  const { seller, buyer, shipTo } = partiesOf(layout, head, (line) => rows.has(line), named)
  const { registrationId, customerId } = otherNumbers(head)
  return {
    ...defined({
      invoiceNumber: number ? make.found(number) : undefined,
      issueDate: issued ? make.day(issued) : undefined,
      currency: currency ? make.found(currency) : undefined,
    }),
    ...headFields(head, order, make),
    seller: partyOf(seller, make, { registrationId }),
    buyer: partyOf(buyer, make, { customerId }),
    ...(shipTo ? { shipTo: partyOf(shipTo, make) } : {}),
    payment: paymentsOf(head, make),
    lines: linesOf(reading.totals, reading.items.items, order, make),
    adjustments: adjustmentsOf(reading.candidates, reading.totals, make),
    taxes: taxesOf(reading.rates, plain(wordsOf(layout)), make),
    totals: totalsFields(reading.totals, make),
  }
}

function choicesOf(reading: Reading, mark: Choice, order: Choice | null): Choice[] {
  const choices = [mark]
  if (order) choices.push(order)
  const { choice } = reading.items.columns
  if (choice) choices.push({ name: 'columns', ...choice })
  const { includeTax, tax } = reading.totals ?? {}
  if (includeTax !== null && includeTax !== undefined && tax && tax.units !== 0n) {
    const because = includeTax
      ? 'the lines come to the total with tax'
      : 'the lines come to the total without tax'
    choices.push({
      name: 'amounts-include-tax',
      chosen: includeTax ? 'yes' : 'no',
      because,
      alternatives: [includeTax ? 'no' : 'yes'],
    })
  }
  return choices
}

const isLabelledAsInvoice = (head: Head) =>
  head.hits.some(
    (hit) =>
      hit.meanings.some(({ field, clear }) => field === 'invoiceNumber' && clear) &&
      /invoice|rechnung|facture|factura|fattura|factuur|fatura|gutschrift|credit|avoir|faktura/.test(
        hit.label,
      ),
  )

/** The number beside its label, or behind the title itself: `Rechnung Nr. 42`, `Invoice INV/2023/8`. */
function numberOf(layout: Layout, head: Head, titles: readonly Title[]): Found | null {
  const [title] = titles
  const beside = documentNumber(head, title?.line ?? 0)
  if (beside && beside.score > 0.55) return beside
  for (const { cell, line, after, weight } of titles) {
    if (weight < 1) continue
    const own = numberIn(cell.words.slice(after))
    const next = layout.cells[line]?.[(layout.cells[line]?.indexOf(cell) ?? 0) + 1]
    const right = own === null && after >= cell.words.length && next ? numberIn(next.words) : null
    const read = own ?? (right && right.value.replaceAll(/\D/g, '').length > 1 ? right : null)
    if (read) return { ...read, page: cell.page, line, score: 0.85, label: 'title' }
  }
  return beside
}

/** The day beside its label, behind the title, or the first that stands in the head for itself. */
function issueDate(layout: Layout, head: Head, title: Title | undefined, order: DateOrder): Found | null {
  const beside = dayBeside(head, 'issueDate', order)
  if (beside && beside.score > 0.55) return beside
  if (title) {
    const [date] = datesIn(title.cell.words, order)
    if (date)
      return {
        value: date.day,
        words: title.cell.words.slice(date.from, date.to),
        valid: null,
        page: title.cell.page,
        line: title.line,
        score: 0.85,
        label: 'title',
      }
  }
  return beside ?? loneDate(layout, head, order)
}

function loneDate(layout: Layout, head: Head, order: DateOrder): Found | null {
  const height = layout.pages[0]?.height ?? 842
  const others = new Set(
    (
      [
        'dueDate',
        'deliveryDate',
        'otherDate',
        'servicePeriod',
        'servicePeriodStart',
        'servicePeriodEnd',
      ] as const
    ).flatMap((field) => head.values(field).flatMap(({ cell }) => cell.words)),
  )
  for (const [line, cells] of layout.cells.entries()) {
    for (const cell of cells) {
      if (cell.page !== 1 || cell.box.t > 0.5 * height || cell.words.length > 7) continue
      const [date] = datesIn(cell.words, order)
      const words = date ? cell.words.slice(date.from, date.to) : []
      if (!date || words.some((word) => others.has(word)) || cell.words.length - words.length > 3) continue
      return { value: date.day, words, valid: null, page: 1, line, score: 0.45, label: '' }
    }
  }
  return null
}

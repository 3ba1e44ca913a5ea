import { type DocumentType, type Gate, invoiceTypes } from '@pdf-smaller/contracts/extraction'
import { median } from '../../layout/boxes.ts'
import type { Cell } from '../../layout/cells.ts'
import type { Layout } from '../../layout/layout.ts'
import { plain } from '../../layout/plain-text.ts'
import { documentTypeOf, typeNames, type TitleType } from './words/type-words.ts'

/** What a document calls itself: where, how prominently (about 0 to 10), and the words behind the name. */
export type Title = { type: TitleType; text: string; line: number; cell: Cell; weight: number; after: number }

const longestName = Math.max(...[...typeNames.keys()].map((name) => name.split(' ').length))
const invoices = new Set<TitleType>(invoiceTypes)

export const isInvoiceType = (type: TitleType) => invoices.has(type)

/** They name a document only where nothing else stands with them: banks and parties are called so, too. */
const wordsAlone = new Set(['bill', 'credit'])

/** Every name of a kind of document at the beginning of a cell of its first page, the most prominent first. */
export function titlesOf(layout: Layout, page: number): Title[] {
  const lines = layout.lines.map((line, index) => ({ line, index })).filter(({ line }) => line.page === page)
  const usual = median(
    lines.flatMap(({ index }) => (layout.cells[index] ?? []).map(({ box }) => box.b - box.t)),
  )
  const height = layout.pages.find(({ number }) => number === page)?.height ?? 842
  return lines
    .flatMap(({ index }) =>
      (layout.cells[index] ?? []).flatMap((cell) => titleIn(cell, index, usual, height) ?? []),
    )
    .toSorted((a, b) => b.weight - a.weight || a.line - b.line)
}

function titleIn(cell: Cell, line: number, usual: number, height: number): Title | null {
  const words = unspaced(cell.words.map((word) => word.text))
  const parts = words.map((word) => plain(word)).filter((part) => part !== '')
  // A title may stand behind one or two other words: `Your invoice`, `Tax invoice`.
  for (const from of [0, 1, 2]) {
    for (let length = Math.min(longestName, parts.length - from); length > 0; length--) {
      const name = parts.slice(from, from + length).join(' ')
      const type = typeNames.get(name) ?? compoundType(name)
      if (type === undefined || (wordsAlone.has(name) && length < parts.length)) continue
      const weight = weightOf(cell, { rest: parts.length - from - length, from, words, usual, height })
      return { type, text: name, line, cell, weight, after: from + length }
    }
  }
  return null
}

/** German and Dutch write kinds of invoices as one word: what ends in it is one. */
function compoundType(name: string): TitleType | undefined {
  if (
    /^\p{L}{3,20}(rechnung|faktura)$/u.test(name) &&
    !/(abrechnung|hochrechnung|verrechnung|berechnung|anrechnung|aufrechnung)$/.test(name)
  )
    return 'invoice'
  return /^\p{L}{3,20}factuur$/u.test(name) ? 'invoice' : undefined
}

type Seen = { rest: number; from: number; words: readonly string[]; usual: number; height: number }

/** Large letters, a place high on the page, and little else in the cell make a name a title. */
function weightOf(cell: Cell, { rest, from, words, usual, height }: Seen): number {
  const size = Math.min(3, (cell.box.b - cell.box.t) / Math.max(1, usual))
  const high = cell.box.t < 0.18 * height ? 1.2 : cell.box.t < 0.45 * height ? 0.8 : 0.1
  const alone =
    rest === 0 ? 1.4 : /\d/.test(words.slice(1).join(' ')) && rest <= 5 ? 1.1 : rest <= 2 ? 0.4 : 0
  const capitals =
    words[from] !== undefined && words[from] === words[from]?.toUpperCase() && words[from].length > 2
      ? 0.5
      : 0
  const label = words.some((word) => word.endsWith(':')) && size < 1.3 ? 0.5 : 0
  return Math.max(
    0,
    (size - 0.9) * 2.2 + high + alone + capitals - label - from * 0.7 - (alone === 0 ? 1 : 0),
  )
}

/** `I N V O I C E` is one word. */
function unspaced(words: readonly string[]): string[] {
  return words.length > 3 && words.every((word) => word.length === 1) ? [words.join('')] : [...words]
}

/** What the gate looks at besides titles. */
export type Signs = {
  hasNumber: boolean
  hasDate: boolean
  hasTotals: boolean
  sumsHold: boolean
  hasSeller: boolean
  labelledAsInvoice: boolean
  /** Whether it has the columns of an account: money out, money in, balance. */
  isLedger: boolean
  text: string
}

export type Decision = { documentType: DocumentType; gate: Gate; title: Title | null }

/**
 * Whether a document is an invoice, before any field is told: its title decides, and it needs a number or a
 * date, an amount to pay and somebody who sells. Receipts, orders, offers, delivery notes, reminders and
 * statements are none, whatever sums they have.
 */
export function decide(titles: readonly Title[], signs: Signs): Decision {
  const title = titleThatDecides(titles, signs)
  const reasons: Gate['reasons'] = []
  const say = (speaksFor: boolean, text: string) => void reasons.push({ text, speaksFor })
  const named = (title ? isInvoiceType(title.type) : signs.labelledAsInvoice) && !signs.isLedger
  if (signs.isLedger) say(false, 'it has the columns of an account')
  if (title) say(isInvoiceType(title.type), `its title says ${title.text}`)
  else
    say(named, named ? 'its number is called that of an invoice' : 'nothing on it says that it is an invoice')
  say(
    signs.hasNumber || signs.hasDate,
    signs.hasNumber
      ? 'it has a number'
      : signs.hasDate
        ? 'it has a date'
        : 'it has neither a number nor a date',
  )
  say(signs.hasTotals, signs.hasTotals ? 'it has an amount to pay' : 'it has no total')
  if (signs.sumsHold) say(true, 'its sums add up')
  say(signs.hasSeller, signs.hasSeller ? 'it says who sells' : 'it does not say who sells')
  const accepted = named && (signs.hasNumber || signs.hasDate) && signs.hasTotals
  const documentType = accepted
    ? invoiceType(title, titles, signs)
    : signs.isLedger
      ? 'bank-statement'
      : title && !named
        ? documentTypeOf(title.type)
        : 'unknown'
  const against = reasons.filter(({ speaksFor }) => !speaksFor).length
  const sure = Math.min(
    1,
    0.55 +
      (title ? Math.min(title.weight, 4) / 12 : 0) +
      (signs.sumsHold ? 0.12 : 0) -
      (accepted ? 0.12 * against : 0),
  )
  return {
    documentType,
    gate: { accepted, confidence: Math.max(0, Math.round(sure * 100) / 100), reasons },
    title,
  }
}

/** The most prominent name; one that only labels a number or date of another document does not count. */
function titleThatDecides(titles: readonly Title[], signs: Signs): Title | null {
  const [first] = titles.filter(({ weight }) => weight >= 1)
  if (!first) return null
  const rivals = titles.filter((title) => title.weight >= first.weight - 0.6)
  const specific = rivals.find(({ type }) => type !== 'invoice' && isInvoiceType(type))
  if (isInvoiceType(first.type)) return specific ?? first
  // `Order` or `Contract` beside an invoice's own title may name a reference.
  const invoice = rivals.find(({ type }) => isInvoiceType(type))
  return invoice &&
    signs.labelledAsInvoice &&
    ['order', 'contract', 'receipt', 'report'].includes(first.type) &&
    invoice.weight >= first.weight - 0.3
    ? invoice
    : first
}

/** Gutschrift is a credit note, or an invoice that the buyer writes: the document says so elsewhere. */
function invoiceType(title: Title | null, titles: readonly Title[], signs: Signs): DocumentType {
  if (!title || !isInvoiceType(title.type)) return 'invoice'
  const selfBilled =
    /\(389\)|selbst ausgestellt|gutschriftverfahren|self ?-?bill|autofacturation|\bim gutschriftsverfahren|uitgereikt door afnemer/i.test(
      signs.text,
    )
  if (title.type === 'credit-note' && /gutschrift/.test(title.text) && selfBilled)
    return 'self-billed-invoice'
  if (title.type === 'invoice' && selfBilled) return 'self-billed-invoice'
  const credit = titles.some(
    ({ type, weight, line }) => type === 'credit-note' && weight >= 1.5 && Math.abs(line - title.line) <= 2,
  )
  if (title.type === 'corrected-invoice' && (credit || /abono/.test(title.text))) return 'credit-note'
  return documentTypeOf(title.type)
}

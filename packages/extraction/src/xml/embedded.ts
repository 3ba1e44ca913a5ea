import type {
  AnyField,
  EmbeddedInvoice,
  ExtractedDocument,
  Invoice,
  InvoiceDocument,
} from '@pdf-smaller/contracts/extraction'
import { type Checked, relation } from '../checks/checked.ts'
import { concludeInvoice, concludeOther, readOf } from '../checks/conclude.ts'
import { compareInvoices } from '../compare/compare.ts'
import { plainValue, sameValue } from '../compare/plain.ts'
import { exact } from '../values/exact.ts'
import { overlay } from './overlay.ts'
import type { XmlDocument } from './read.ts'

type Options = {
  /** The name of the attached file. */
  file: string | null
  /**
   * Whether a value of the XML is printed on the pages. One that is contradicts no page, even where another value was
   * taken from there.
   */
  standsOnPage?: (field: AnyField) => boolean
}

/**
 * What the pages and the XML of a file say together. The root of the XML decides what the document is. Where both agree,
 * the XML's exact values count, with the places of the pages; where they contradict each other, the page is kept, both
 * are told, and nothing is called reconciled.
 * @param page what was read from the pages, if anything was
 */
export function withEmbedded(
  page: ExtractedDocument | undefined,
  xml: XmlDocument,
  options: Options,
): ExtractedDocument {
  const { format, document: inXml } = xml
  if (format.is === 'other' || inXml.kind !== 'invoice') {
    return concludeOther({ ...readOf(inXml), ...pagesOf(page), gate: gateOf(page, inXml) })
  }
  const embedded = {
    file: options.file,
    format: format.syntax,
    profile: format.profile,
    documentType: format.documentType,
  }
  if (page?.kind !== 'invoice') {
    const read = { ...inXml, ...pagesOf(page), gate: gateOf(page, inXml) }
    return { ...read, embedded: { ...embedded, invoice: inXml.invoice, agrees: null } }
  }
  return together(page, inXml, embedded, options)
}

function together(
  page: InvoiceDocument,
  inXml: InvoiceDocument,
  about: Pick<EmbeddedInvoice, 'file' | 'format' | 'profile' | 'documentType'>,
  { standsOnPage = () => false }: Options,
): InvoiceDocument {
  const compared = keysOf(inXml.invoice).flatMap(([name, field]) => {
    const printed = keysOf(page.invoice).find(([other]) => other === name)?.[1]
    return field && printed ? [{ name, field, printed }] : []
  })
  const contradictions = compared.filter(
    ({ field, printed }) => !sameKey(field, printed) && (isTurned(field, printed) || !standsOnPage(field)),
  )
  const agrees = compared.length === 0 ? null : contradictions.length === 0
  const comparison = compareInvoices(page.invoice, inXml.invoice)
  const embedded = { ...about, invoice: inXml.invoice, agrees, comparison }
  const more = agrees === null ? [] : [agreement(contradictions, compared.length)]
  if (agrees === false) return { ...concludeInvoice(readOf(page), page.invoice, { more }), embedded }
  const exact = inXml.invoice.lines.length > 0
  const read = { ...readOf(page), documentType: inXml.documentType, gate: gateOf(page, inXml) }
  // Lines are the XML's then, so that what the pages say of their prices means nothing for them.
  const choices = exact ? page.choices.filter(({ name }) => name !== 'amounts-include-tax') : page.choices
  return {
    ...concludeInvoice({ ...read, choices }, overlay(page.invoice, inXml.invoice), { exact, more }),
    embedded,
  }
}

/** What tells one invoice from another. */
function keysOf({
  invoiceNumber,
  issueDate,
  currency,
  totals,
  seller,
  payment,
}: Invoice): [string, AnyField | undefined][] {
  const { net, tax, gross, due } = totals
  const ibans = payment.length === 1 ? payment[0]?.iban : undefined
  return Object.entries({
    invoiceNumber,
    issueDate,
    currency,
    net,
    tax,
    gross,
    due,
    vatId: seller.vatId,
    iban: ibans,
  })
}

function sameKey(a: AnyField, b: AnyField): boolean {
  if (sameValue(a, b)) return true
  if (typeof a.value !== 'string' || typeof b.value !== 'string') return false
  const bare = (text: string) => text.toUpperCase().replaceAll(/[^\p{L}\d]/gu, '')
  return bare(a.value) === bare(b.value)
}

/** An amount with its sign turned stands on the page all the same, and one of both pays the other back. */
function isTurned(a: AnyField, b: AnyField): boolean {
  if (typeof a.value !== 'object' || typeof b.value !== 'object') return false
  const [one, other] = [exact(a.value.amount), exact(b.value.amount)]
  return (
    one.units !== 0n && one.units * 10n ** BigInt(other.scale) === -other.units * 10n ** BigInt(one.scale)
  )
}

type Contradiction = { name: string; field: AnyField; printed: AnyField }

function agreement(contradictions: Contradiction[], compared: number): Checked {
  const about = { id: 'XML-AGREES', title: 'The pages and the XML say the same' }
  const figures: Record<string, string> = { compared: String(compared) }
  for (const { name, field, printed } of contradictions) {
    figures[`${name} (page)`] = plainValue(printed)
    figures[`${name} (XML)`] = plainValue(field)
  }
  const passed = contradictions.length === 0
  const over = contradictions.map(({ printed }) => printed)
  return relation(about, passed, figures, over, passed ? {} : { why: 'The page is kept' })
}

function pagesOf(page: ExtractedDocument | undefined): Pick<ExtractedDocument, 'pages'> {
  return { pages: page?.pages ?? [] }
}

/** The XML decides; what spoke for and against on the pages is told all the same. */
function gateOf(page: ExtractedDocument | undefined, { gate }: ExtractedDocument): ExtractedDocument['gate'] {
  return { ...gate, reasons: [...gate.reasons, ...(page?.gate.reasons ?? [])] }
}

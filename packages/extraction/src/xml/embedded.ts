import type { EmbeddedInvoice, ExtractedDocument, InvoiceDocument } from '@pdf-smaller/contracts/extraction'
import { type Checked, relation } from '../checks/checked.ts'
import { concludeInvoice, concludeOther, readOf } from '../checks/conclude.ts'
import { compareInvoices } from '../compare/compare.ts'
import { type Agreement, agreementOf, type StandsOnPage } from './agreement.ts'
import { overlay } from './overlay.ts'
import type { XmlDocument } from './read.ts'

type Options = {
  /** The name of the attached file. */
  file: string | null
  /**
   * Whether a value of the XML is printed on the pages. One that is contradicts no page, even where another value was
   * taken from there.
   */
  standsOnPage?: StandsOnPage
  /** XML that is attached to the same document besides. */
  others?: readonly { file: string; xml: XmlDocument }[]
}

const withPages = { id: 'XML-AGREES', title: 'The pages and the XML say the same' }
const amongFiles = { id: 'XML-FILES-AGREE', title: 'All attached XML says the same' }
/** Names of files stand in figures. */
const mostOfName = 100

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
    const read = { ...readOf(inXml), ...pagesOf(page), gate: gateOf(page, inXml) }
    const concluded = concludeInvoice(read, inXml.invoice, { exact: true, more: amongXml(inXml, options) })
    return { ...concluded, embedded: { ...embedded, invoice: inXml.invoice, agrees: null } }
  }
  return together(page, inXml, embedded, options)
}

function together(
  page: InvoiceDocument,
  inXml: InvoiceDocument,
  about: Pick<EmbeddedInvoice, 'file' | 'format' | 'profile' | 'documentType'>,
  options: Options,
): InvoiceDocument {
  const { standsOnPage = () => false } = options
  const found = agreementOf(page, inXml, standsOnPage)
  const agrees = found.contradictions.length > 0 ? false : found.compared > 0 ? true : null
  const comparison = compareInvoices(page.invoice, inXml.invoice)
  const embedded = { ...about, invoice: inXml.invoice, agrees, comparison }
  const withThese = agrees === null ? [] : [agreement(withPages, found, ['page', 'XML'])]
  const more = [...withThese, ...amongXml(inXml, options)]
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

/** What is told of two sources, each by its name. */
function agreement(
  about: { id: string; title: string },
  { contradictions, compared }: Agreement,
  [one, other]: [string, string],
): Checked {
  const figures: Record<string, string> = { compared: String(compared) }
  for (const { name, said } of contradictions) {
    figures[`${name} (${one})`] = said[0]
    figures[`${name} (${other})`] = said[1]
  }
  const passed = contradictions.length === 0
  const over = contradictions.flatMap((each) => each.over)
  return relation(about, passed, figures, over, passed ? {} : { why: `The ${one} is kept` })
}

/** Each further XML against that which counts: of several that disagree nobody knows which one is meant. */
function amongXml(first: InvoiceDocument, { file, others = [] }: Options): Checked[] {
  const name = (file ?? 'XML').slice(0, mostOfName)
  return others.flatMap(({ file: other, xml: { document } }) => {
    if (document.kind !== 'invoice') return []
    const found = agreementOf(first, document, () => false)
    const told = other === file ? `another ${name}` : other.slice(0, mostOfName)
    return [agreement(amongFiles, found, [name, told])]
  })
}

function pagesOf(page: ExtractedDocument | undefined): Pick<ExtractedDocument, 'pages'> {
  return { pages: page?.pages ?? [] }
}

/** The XML decides; what spoke for and against on the pages is told all the same. */
function gateOf(page: ExtractedDocument | undefined, { gate }: ExtractedDocument): ExtractedDocument['gate'] {
  return { ...gate, reasons: [...gate.reasons, ...(page?.gate.reasons ?? [])] }
}

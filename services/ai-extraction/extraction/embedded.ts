import { JobFailure } from '@pdf-smaller/contracts'
import type { ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import { readXml, withEmbedded, type XmlDocument } from '@pdf-smaller/extraction'
import type { AttachedXml, LeftOut } from '../reading/attached-xml.ts'
import type { PageWords } from '../reading/page-words.ts'
import { valuesOnPages } from '../reading/values-on-pages.ts'

/** XML that is an e-invoice, or an order that looks like one. */
type Found = { file: string; xml: XmlDocument }

/** The e-invoices among attached files, and those that nobody can say of whether they are; what is something else concerns nobody. */
export function xmlAmong(attached: readonly AttachedXml[]): {
  found: Found[]
  leftOut: LeftOut[]
  notes: string[]
} {
  const found: Found[] = []
  const leftOut: LeftOut[] = []
  const notes: string[] = []
  for (const { name, bytes } of attached) {
    try {
      const xml = readXml(bytes)
      found.push({ file: name, xml })
      notes.push(...xml.notes)
    } catch (error) {
      if (!(error instanceof JobFailure)) throw error
      if (error.code !== 'unknown_xml') leftOut.push({ name, why: error.message })
    }
  }
  return { found, leftOut, notes }
}

export const noteOf = ({ name, why }: LeftOut): string => `The attached ${name} was left out: ${why}`

/** What may contradict a document and could not be held against it leaves open whether that is right. */
export function unlessLeftOut(document: ExtractedDocument, [first]: readonly LeftOut[]): ExtractedDocument {
  if (!first || document.reconciled !== true) return document
  const why = `The attached ${first.name} could not be compared: ${first.why}`
  return { ...document, reconciled: null, why }
}

/**
 * The documents of pages with the XML that is attached to them. XML belongs to the document with its number, else to the
 * first; of several at one document the first counts, and the others are held against it.
 */
export function withXml(
  documents: readonly ExtractedDocument[],
  found: readonly Found[],
  pages: readonly PageWords[],
): ExtractedDocument[] {
  if (found.length === 0) return [...documents]
  const values = valuesOnPages(pages)
  const byDocument = Map.groupBy(found, (each) => indexOfDocument(documents, each))
  return Array.from({ length: Math.max(1, documents.length) }, (_, index): ExtractedDocument[] => {
    const page = documents[index]
    const [first, ...others] = byDocument.get(index) ?? []
    if (first) return [withEmbedded(page, first.xml, { file: first.file, standsOnPage: values.have, others })]
    return page ? [page] : []
  }).flat()
}

function indexOfDocument(documents: readonly ExtractedDocument[], { xml }: Found): number {
  const number = numberOf(xml.document)
  return Math.max(0, number === undefined ? 0 : documents.map(numberOf).indexOf(number))
}

function numberOf(document: ExtractedDocument): string | undefined {
  return document.kind === 'invoice' ? document.invoice.invoiceNumber?.value : undefined
}

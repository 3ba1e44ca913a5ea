import { JobFailure } from '@pdf-smaller/contracts'
import type { AnyField, ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import { readXml, withEmbedded, type XmlDocument } from '@pdf-smaller/extraction'
import type { AttachedXml } from '../reading/attached-xml.ts'
import type { PageWords } from '../reading/page-words.ts'
import { valuesOnPages } from '../reading/values-on-pages.ts'

/** XML that is an e-invoice, or an order that looks like one. */
type Found = { file: string; xml: XmlDocument }

/** The e-invoices among attached files; a file that is something else concerns nobody. */
export function xmlAmong(attached: readonly AttachedXml[]): { found: Found[]; notes: string[] } {
  const found: Found[] = []
  const notes: string[] = []
  for (const { name, bytes } of attached) {
    try {
      const xml = readXml(bytes)
      found.push({ file: name, xml })
      notes.push(...xml.notes)
    } catch (error) {
      if (!(error instanceof JobFailure)) throw error
      if (error.code !== 'unknown_xml') notes.push(`The attached ${name} was left out: ${error.message}`)
    }
  }
  return { found, notes }
}

/** The documents of pages with the XML that is attached to them: of several files the first, which is that of the first document. */
export function withXml(
  documents: readonly ExtractedDocument[],
  [first]: readonly Found[],
  pages: readonly PageWords[],
): ExtractedDocument[] {
  if (!first) return [...documents]
  const values = valuesOnPages(pages)
  const standsOnPage = (field: AnyField) => values.have(field)
  const [page, ...others] = documents
  return [withEmbedded(page, first.xml, { file: first.file, standsOnPage }), ...others]
}

import { JobFailure } from '@pdf-smaller/contracts'
import type { ExtractedDocument, Gate } from '@pdf-smaller/contracts/extraction'
import { concludeInvoice, concludeOther } from '../checks/conclude.ts'
import { ciiInvoice } from './cii.ts'
import { formatOf, type XmlFormat } from './formats.ts'
import { parseXml } from './parse.ts'
import { ublInvoice } from './ubl.ts'

/** A document of XML: exact, checked by EN 16931, without pages. */
export type XmlDocument = {
  format: XmlFormat
  document: ExtractedDocument
  /** What could not be taken as it stands. */
  notes: string[]
}

/**
 * Reads an e-invoice: Cross Industry Invoice (Factur-X, ZUGFeRD 1 and 2, XRechnung) or UBL invoice and credit note.
 * The namespace of its root says which; orders and the like are told as what they are, without fields.
 * @throws JobFailure too_large, damaged_xml, unknown_xml
 */
export function readXml(bytes: Uint8Array): XmlDocument {
  const root = parseXml(bytes)
  const format = formatOf(root)
  if (!format) throw new JobFailure('unknown_xml', `its root is ${root.name} of "${root.namespace}"`)
  const notes: string[] = []
  const text = `The XML is ${root.name} of ${root.namespace}`
  const gate: Gate = {
    accepted: format.is === 'invoice',
    confidence: 1,
    reasons: [{ text, speaksFor: format.is === 'invoice' }],
  }
  const read = { documentType: format.documentType, pages: [], gate, choices: [] }
  if (format.is === 'other') return { format, document: concludeOther(read), notes }
  const invoice = format.syntax === 'cii' ? ciiInvoice(root, notes) : ublInvoice(root, notes)
  return { format, document: concludeInvoice(read, invoice, { exact: true }), notes }
}

/** Whether bytes begin as XML does, so that a file can be told from a PDF. */
export function looksLikeXml(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 64)).replaceAll('\0', '')
  return /^(ï»¿|ÿþ|þÿ)?\s*<(\?xml|!--|[A-Za-z_])/.test(text)
}

import { type DocumentType, type Gate, invoiceTypes } from '@pdf-smaller/contracts/extraction'

const invoices: readonly string[] = invoiceTypes

/** Whether the model takes a document for what was asked for. */
export function gateOf(documentType: DocumentType, wanted: 'invoice' | 'bank-statement'): Gate {
  const accepted = wanted === 'invoice' ? invoices.includes(documentType) : documentType === wanted
  return {
    accepted,
    // One reader's word, and no figure of it was looked at yet.
    confidence: 0.7,
    reasons: [{ text: `The model takes it for: ${documentType}`, speaksFor: accepted }],
  }
}

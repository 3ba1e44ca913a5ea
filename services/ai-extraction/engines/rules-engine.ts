import type { ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import { concludeInvoice, concludeOther } from '@pdf-smaller/extraction'
import type { PageWords } from '../reading/page-words.ts'
import { readInvoice } from '../rules/invoice/read-invoice.ts'
import { readStatement } from '../rules/statement/read-statement.ts'
import type { Engine } from './engine.ts'
import { partsOf } from './parts.ts'
import { asOwnFile } from './renumbered.ts'

/** Reads documents by rules alone, without a key or a network. */
export const rulesEngine: Engine = async (pages, { kind, signal, tell }) => {
  const parts = partsOf(kind, pages)
  const documents: ExtractedDocument[] = []
  for (const [done, part] of parts.entries()) {
    signal.throwIfAborted()
    documents.push(kind === 'invoice' ? asOwnFile(part, invoiceOf) : readStatement(part))
    tell(done + 1, parts.length, `document ${done + 1}`)
  }
  return { engine: { name: 'rules' }, documents, notes: [] }
}

function invoiceOf(pages: readonly PageWords[]): ExtractedDocument {
  const { invoice, more, ...read } = readInvoice(pages)
  return invoice ? concludeInvoice(read, invoice, { more }) : concludeOther(read)
}

import type { ExtractionKind } from '@pdf-smaller/contracts/extraction'
import { type Ask, openAsking } from '../llm/reader/asking.ts'
import { readInvoice } from '../llm/reader/read-invoice.ts'
import { readStatement } from '../llm/reader/read-statement.ts'
import { type ReadDocument, sheetsOf } from '../llm/reader/reading.ts'
import type { Model } from '../llm/questions.ts'
import type { Engine } from './engine.ts'
import { partsOf } from './parts.ts'

const readers: Record<ExtractionKind, ReadDocument> = {
  invoice: readInvoice,
  'bank-statement': readStatement,
}
/** Questions about what stands once in a document. */
const questionsOnce: Record<ExtractionKind, number> = { invoice: 2, 'bank-statement': 1 }

export type LlmTools = {
  ask: Ask
  model: Model
  /** The picture of a page that is to be shown; undefined for one that is told in words. */
  imageOf: (page: number) => Promise<string | undefined>
}

/**
 * Reads documents by a language model.
 * @throws JobFailure of the service
 */
export function llmEngine({ ask, model, imageOf }: LlmTools): Engine {
  return async (pages, { kind, signal, tell }) => {
    const asking = openAsking(ask, model, imageOf)
    let done = 0
    let total = 0
    const onPart = () => {
      signal.throwIfAborted()
      tell(++done, Math.max(total, done), `part ${done}`)
    }
    const parts = partsOf(kind, pages)
    const sheets = parts.map((own) => sheetsOf(own, asking, onPart))
    total = sheets.reduce((sum, { batches }) => sum + batches.length + questionsOnce[kind], 0)
    const documents = []
    for (const each of sheets) documents.push(await readers[kind](each))
    return { engine: { name: 'llm', model: model.name }, documents, notes: [], usage: asking.usage() }
  }
}

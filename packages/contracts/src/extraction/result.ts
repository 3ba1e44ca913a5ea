import { z } from 'zod'
import { DocumentType } from './document.ts'
import { EngineRun, ExtractionKind } from './extraction.ts'
import { Decimal } from './values.ts'

const count = z.int().nonnegative()

/** What of one document may be told without telling what it says. */
const DocumentSummary = z.object({
  documentType: DocumentType,
  accepted: z.boolean(),
  pages: count,
  /** Lines of an invoice, transactions of a statement. */
  rows: count,
  /** Accounts of a statement. */
  accounts: count.optional(),
  reconciled: z.boolean().nullable(),
  /** Ids of failed checks. */
  failedChecks: z.array(z.string()),
  /** Names of the choices that were made. */
  choices: z.array(z.string()),
  fields: z.object({ certain: count, high: count, medium: count, low: count, ungrounded: count }),
  /** Whether the embedded XML agrees with the pages; absent where there is none. */
  embeddedAgrees: z.boolean().nullable().optional(),
})
export type DocumentSummary = z.infer<typeof DocumentSummary>

/** What the language model cost. */
export const Usage = z.object({
  calls: count,
  promptTokens: count,
  completionTokens: count,
  /** By the prices in the settings; absent where there are none. */
  cost: z.object({ amount: Decimal, currency: z.string() }).optional(),
})
export type Usage = z.infer<typeof Usage>

/** The result of both tasks, which stands in events: no value of a document is in it. */
export const ExtractionResult = z.object({
  kind: ExtractionKind,
  engine: EngineRun,
  /** How many documents the file was found to be. */
  documents: z.array(DocumentSummary),
  /** True where every accepted document is, false where one is not, null where one cannot be checked or none is accepted. */
  reconciled: z.boolean().nullable(),
  usage: Usage.optional(),
  /** How the other engine compares, where both were asked for. */
  compared: z
    .object({ engine: EngineRun, same: count, changed: count, onlyLeft: count, onlyRight: count })
    .optional(),
})
export type ExtractionResult = z.infer<typeof ExtractionResult>

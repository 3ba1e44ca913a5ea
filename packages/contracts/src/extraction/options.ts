import { z } from 'zod'

/** Which engine reads: `auto` is the language model where one is configured, else the rules. */
export const EngineChoice = z.enum(['auto', 'llm', 'rules', 'both'])
export type EngineChoice = z.infer<typeof EngineChoice>

/** Files besides `extraction.json`. */
export const InvoiceExport = z.enum(['csv', 'xlsx'])
export type InvoiceExport = z.infer<typeof InvoiceExport>
export const StatementExport = z.enum(['csv', 'xlsx', 'ofx'])
export type StatementExport = z.infer<typeof StatementExport>

/** The options of both tasks, to which each adds the pages, how scans are recognised, and its exports. */
export const extractionOptions = {
  engine: EngineChoice.default('auto').describe(
    'Who reads: a language model, the built-in rules, both with their differences, or the model where one is configured (auto)',
  ),
  model: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The language model, where the server has several; else the configured one'),
}

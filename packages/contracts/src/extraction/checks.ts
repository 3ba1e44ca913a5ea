import { z } from 'zod'

/** Where a field stands in an extraction: `documents[0].invoice.lines[3].netAmount`. */
export const FieldPath = z
  .string()
  .max(200)
  .regex(/^[a-z]\w*(\[\d+\])?(\.[a-z]\w*(\[\d+\])?)*$/i)
export type FieldPath = z.infer<typeof FieldPath>

/** One relation that has to hold between values, and whether it does. */
export const Check = z.object({
  /** For invoices the rule's id in EN 16931 where it has one (`BR-CO-15`). */
  id: z.string(),
  title: z.string(),
  /** Null where the document does not say what the check needs. */
  passed: z.boolean().nullable(),
  /** A warning is told, and keeps no document from being reconciled. */
  severity: z.enum(['error', 'warning']),
  /** What was compared, by name: `{ net: '100.00', tax: '19.00', expected: '119.00', found: '119.01' }`. */
  figures: z.record(z.string(), z.string()),
  /** The fields or rows that are wrong, below the document: `statement.accounts[0].transactions[12]`. */
  at: z.array(FieldPath).optional(),
  /** Why it failed or could not be made. */
  why: z.string().optional(),
})
export type Check = z.infer<typeof Check>

/** Something that could be read in several ways, decided once for a whole document. */
export const Choice = z.object({
  name: z.enum(['decimal-mark', 'date-order', 'year', 'sign', 'columns', 'currency', 'amounts-include-tax']),
  chosen: z.string(),
  because: z.string(),
  /** The other readings that were possible. */
  alternatives: z.array(z.string()),
  /** Nothing in the document decides between it and the others, so that no sum that rests on it proves anything. */
  undecided: z.literal(true).optional(),
})
export type Choice = z.infer<typeof Choice>

/** Whether a document is what was asked for, decided before any field is looked for. */
export const Gate = z.object({
  accepted: z.boolean(),
  confidence: z.number().min(0).max(1),
  reasons: z.array(z.object({ text: z.string(), speaksFor: z.boolean() })),
})
export type Gate = z.infer<typeof Gate>

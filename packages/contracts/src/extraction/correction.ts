import { z } from 'zod'
import { FieldPath } from './checks.ts'
import { FieldValue } from './values.ts'

const longest = 10_000

/** A field as a person names it: of which document of the extraction, and where below that. */
export const CorrectedField = z.object({
  document: z.int().nonnegative().max(longest).default(0).describe('The document of the extraction, from 0'),
  field: FieldPath.describe('Where the field stands in it: `invoice.totals.gross`, `documentType`'),
})

/** What a person says of a field. */
export const CorrectionBody = z.strictObject({
  ...CorrectedField.shape,
  value: z
    .union([
      z.string().max(longest),
      z.int(),
      z.strictObject({
        amount: z.string().max(60),
        minor: z.string().max(60),
        currency: z.string().nullable(),
      }),
      z.strictObject({ amount: z.string().max(60), currency: z.string().nullable() }),
    ])
    .nullable()
    .describe(
      'What it should be: a text, a day such as 2025-01-31, an amount such as 1234.50, with its currency or without; ' +
        'null where the document does not have the field',
    ),
  note: z.string().max(1000).optional().describe('Why'),
})
export type CorrectionBody = z.output<typeof CorrectionBody>

/** What a correction says. */
const said = {
  document: z.int().nonnegative(),
  field: FieldPath,
  /** What was extracted; null where nothing was. */
  old: FieldValue.nullable(),
  /** Null where the document does not have the field. */
  value: FieldValue.nullable(),
  note: z.string().optional(),
}

/** The object of a correction: a file of the job, written once. */
export const StoredCorrection = z.object({
  schemaVersion: z.literal(1),
  ...said,
  /** Chance, so that nobody finds the values out from the hash of the file, which stands in the event for good. */
  salt: z.string(),
})
export type StoredCorrection = z.infer<typeof StoredCorrection>

/** A correction as it is told. */
export const Correction = z.object({
  /** Of the job's corrections this is the n-th, from 1. */
  number: z.int().positive(),
  ...said,
  by: z.string(),
  at: z.string(),
})
export type Correction = z.infer<typeof Correction>

import { z } from 'zod'
import { Check, Choice, Gate } from './checks.ts'
import { Comparison } from './differences.ts'
import { Invoice } from './invoice.ts'
import { Statement } from './statement.ts'

export const invoiceTypes = [
  'invoice',
  'credit-note',
  'corrected-invoice',
  'self-billed-invoice',
  'prepayment-invoice',
  'pro-forma-invoice',
  'debit-note',
] as const

/** What a document is, whether it was asked for or not. */
export const DocumentType = z.enum([
  ...invoiceTypes,
  'bank-statement',
  'order',
  'order-confirmation',
  'quotation',
  'delivery-note',
  'receipt',
  'reminder',
  'remittance-advice',
  'contract',
  'letter',
  'unknown',
])
export type DocumentType = z.infer<typeof DocumentType>

/** The invoice that a document has in it as XML, and how it compares with what the pages show. */
export const EmbeddedInvoice = z.object({
  /** The name of the attached file; null where the document itself is XML. */
  file: z.string().nullable(),
  format: z.enum(['cii', 'ubl']),
  /** What the XML says that it follows, BT-24. */
  profile: z.string().nullable(),
  documentType: DocumentType,
  invoice: Invoice,
  /** Whether the pages agree in number, dates, currency, parties and totals; null where they could not be compared. */
  agrees: z.boolean().nullable(),
  /** Left the page, right the XML. */
  comparison: Comparison.optional(),
})
export type EmbeddedInvoice = z.infer<typeof EmbeddedInvoice>

const common = {
  documentType: DocumentType,
  /** The pages it stands on; the first is 1. None where it is XML alone. */
  pages: z.array(z.int().positive()),
  /** ISO 639-1; absent where it cannot be told. */
  language: z.string().optional(),
  gate: Gate,
  choices: z.array(Choice),
  checks: z.array(Check),
  /** Whether its own figures add up; null where there is too little to check. */
  reconciled: z.boolean().nullable(),
  /** What `reconciled` rests on. */
  why: z.string(),
}

/** A document of a file. One that is something else than was asked for has no fields. */
export const ExtractedDocument = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invoice'),
    ...common,
    invoice: Invoice,
    embedded: EmbeddedInvoice.optional(),
  }),
  z.object({ kind: z.literal('bank-statement'), ...common, statement: Statement }),
  z.object({ kind: z.literal('other'), ...common }),
])
export type ExtractedDocument = z.infer<typeof ExtractedDocument>
export type InvoiceDocument = Extract<ExtractedDocument, { kind: 'invoice' }>
export type StatementDocument = Extract<ExtractedDocument, { kind: 'bank-statement' }>
export type OtherDocument = Extract<ExtractedDocument, { kind: 'other' }>

import type { Extraction as Contract } from '@pdf-smaller/contracts/extraction'
import { partOf, z } from './parts.ts'

const Money = z.object({ amount: z.string(), currency: z.nullable(z.string()) })
export const FieldValue = z.union([z.string(), z.number(), Money])
export type FieldValue = z.output<typeof FieldValue>

const Place = z.object({
  page: z.number(),
  bbox: z.object({ l: z.number(), t: z.number(), r: z.number(), b: z.number() }),
  pageSize: z.tuple([z.number(), z.number()]),
})

/** A value with where it stands; fields are found in documents wherever they are. */
export const Field = z.object({
  value: FieldValue,
  raw: z.nullable(z.string()),
  grade: z.enum(['certain', 'high', 'medium', 'low']),
  provenance: z.array(Place),
  corrected: z.optional(z.object({ value: z.nullable(FieldValue), by: z.string() })),
})
export type Field = z.output<typeof Field>

const Check = z.object({
  id: z.string(),
  title: z.string(),
  passed: z.nullable(z.boolean()),
  severity: z.enum(['error', 'warning']),
  figures: z.record(z.string(), z.string()),
  why: z.optional(z.string()),
})
export type Check = z.output<typeof Check>

const Document = z.object({
  kind: z.string(),
  documentType: z.string(),
  pages: z.array(z.number()),
  checks: z.array(Check),
  reconciled: z.nullable(z.boolean()),
  why: z.string(),
  invoice: z.optional(z.record(z.string(), z.unknown())),
  statement: z.optional(z.record(z.string(), z.unknown())),
})
export type Document = z.output<typeof Document>

export const Extraction = partOf<Contract>()(
  z.object({ documents: z.array(Document), notes: z.array(z.string()) }),
)
export type Extraction = z.output<typeof Extraction>

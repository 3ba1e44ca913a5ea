import { z } from 'zod'
import { type JsonSchema, publishedSchema } from '../published/json-schema.ts'
import * as checks from './checks.ts'
import { Comparison } from './differences.ts'
import { ExtractedDocument } from './document.ts'
import * as documents from './document.ts'
import * as fields from './field.ts'
import * as invoices from './invoice.ts'
import * as statements from './statement.ts'

/** What was asked for. */
export const ExtractionKind = z.enum(['invoice', 'bank-statement'])
export type ExtractionKind = z.infer<typeof ExtractionKind>

/** Who read the document. `xml`: nobody had to, all of it is XML. */
export const EngineRun = z.object({
  name: z.enum(['rules', 'llm', 'xml']),
  /** The model, of `llm`. */
  model: z.string().optional(),
  version: z.string().optional(),
})
export type EngineRun = z.infer<typeof EngineRun>

const reading = {
  engine: EngineRun,
  documents: z.array(ExtractedDocument),
  /** What a person should know of how it went, in plain sentences. */
  notes: z.array(z.string()),
}

/** The file `extraction.json`. */
export const Extraction = z.object({
  schemaVersion: z.literal(1),
  kind: ExtractionKind,
  ...reading,
  /** What the other engine read, where both were asked for; left is the extraction itself, right the other. */
  other: z.object({ ...reading, comparison: Comparison }).optional(),
})
export type Extraction = z.infer<typeof Extraction>

/** Schemas that stand in published ones under a name of their own. */
export const extractionSchemas: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [Comparison, 'Comparison'],
  [EngineRun, 'EngineRun'],
  ...Object.entries({ ...fields, ...checks, ...invoices, ...statements, ...documents }).flatMap(
    ([id, schema]): [z.ZodType, string][] => (schema instanceof z.ZodType ? [[schema, id]] : []),
  ),
])

const named = z.registry<{ id: string }>()
for (const [schema, id] of extractionSchemas) named.add(schema, { id })

/** The extraction as JSON Schema 2020-12. */
export function extractionJsonSchema(): JsonSchema {
  const about = { kind: 'files', name: 'extraction', title: 'The file extraction.json' } as const
  return publishedSchema(Extraction, about, { io: 'output', metadata: named })
}

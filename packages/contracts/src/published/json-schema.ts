import { z } from 'zod'
import { JobEvent } from '../events.ts'
import { FailureCode } from '../failure.ts'
import { type SchemaKind, schemaUri } from '../schema-uri.ts'

export type JsonSchema = Record<string, unknown>

/** Whose values are described: what is sent to this system, or what it gives, which may have more in later releases. */
export type Direction = 'input' | 'output'

/** What is described beside the schema itself. */
type Described = { kind: SchemaKind; name: string; title: string }

/**
 * A schema as strangers are told of it, JSON Schema 2020-12. What is given stays open: a later release may add members, codes of
 * failures and types of events, and readers pass over what they do not know.
 * @param metadata the names of schemas that stand in it once
 */
export function publishedSchema(
  schema: z.ZodType,
  io: Direction,
  { kind, name, title }: Described,
  metadata?: z.core.$ZodRegistry<{ id: string }>,
): JsonSchema {
  const { $schema, ...content } = z.toJSONSchema(schema, {
    io,
    ...(metadata ? { metadata } : {}),
    override: ({ zodSchema, jsonSchema }) => leaveOpen(zodSchema, jsonSchema),
  })
  return { $schema, $id: schemaUri(kind, name), title, ...content }
}

function leaveOpen(schema: z.core.$ZodType, json: z.core.JSONSchema.BaseSchema): void {
  const { def } = schema._zod
  if (def.type === 'object' && !('catchall' in def && def.catchall)) delete json.additionalProperties
  if (schema === JobEvent) json['x-extensible'] = true
  if (schema !== FailureCode) return
  json['x-extensible-enum'] = json.enum
  delete json.enum
}

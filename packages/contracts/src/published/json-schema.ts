import { z } from 'zod'
import { isGrowing } from '../growing.ts'
import { type SchemaKind, schemaUri } from '../schema-uri.ts'

export type JsonSchema = Record<string, unknown>

type Made = Pick<z.core.ToJSONSchemaParams, 'metadata' | 'unrepresentable'> & {
  /** Whose values are described: what is sent to this system, or what it gives. */
  io: 'input' | 'output'
}

/**
 * A schema as strangers are told of it, JSON Schema 2020-12. What is given stays open: a later release may add members, and
 * more to what is growing; readers pass over what they do not know.
 */
export function openSchema(schema: z.ZodType, made: Made): JsonSchema {
  return z.toJSONSchema(schema, {
    ...made,
    override: ({ zodSchema, jsonSchema }) => leaveOpen(zodSchema, jsonSchema),
  })
}

/** A schema with the name that it is served at. */
export function publishedSchema(
  schema: z.ZodType,
  { kind, name, title }: { kind: SchemaKind; name: string; title: string },
  made: Made,
): JsonSchema {
  const { $schema, ...content } = openSchema(schema, made)
  return { $schema, $id: schemaUri(kind, name), title, ...content }
}

function leaveOpen(schema: z.core.$ZodType, json: z.core.JSONSchema.BaseSchema): void {
  const { def } = schema._zod
  if (def.type === 'object' && !('catchall' in def && def.catchall)) delete json.additionalProperties
  leaveListOpen(schema, json)
}

/** Names what a growing list has by now, without closing it. */
export function leaveListOpen(schema: z.core.$ZodType, json: z.core.JSONSchema.BaseSchema): void {
  if (!isGrowing(schema)) return
  if (!json.enum) json['x-extensible'] = true
  else {
    json['x-extensible-enum'] = json.enum
    delete json.enum
  }
}

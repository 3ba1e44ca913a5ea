import { Failure, JobEvent, JobView, ObjectRef, Progress, StatusView } from '@pdf-smaller/contracts'
import { extractionSchemas } from '@pdf-smaller/contracts/extraction'
import {
  JobAnswer,
  Options,
  Problem,
  Readiness,
  RequestedJob,
  SystemHealth,
  TaskName,
} from '@pdf-smaller/contracts/http'
import { leaveListOpen } from '@pdf-smaller/contracts/published'
import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

/** The schemas that stand in the document once, by name. Those of the catalogue are made for it, task by task. */
const named = new Map<z.core.$ZodType, string>([
  ...extractionSchemas,
  [Failure, 'Failure'],
  [JobAnswer, 'Job'],
  [JobEvent, 'JobEvent'],
  [JobView, 'JobView'],
  [ObjectRef, 'ObjectRef'],
  [Options, 'Options'],
  [Problem, 'Problem'],
  [Progress, 'Progress'],
  [Readiness, 'Readiness'],
  [RequestedJob, 'RequestedJob'],
  [StatusView, 'Status'],
  [SystemHealth, 'SystemHealth'],
  [TaskName, 'TaskName'],
])

/** Whether what clients send is described, or what they are given: defaults are filled in, nothing is unknown. */
export type Direction = 'input' | 'output'

export const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** The schemas of one document: they refer to the components, which are brought together on the way. */
export type Schemas = {
  components: Map<string, JsonSchema>
  /** A schema as it stands at its place in the document. */
  of: (schema: z.ZodType, direction: Direction) => JsonSchema
  /** A schema with its content, even where it is a component. */
  contentOf: (schema: z.ZodType, direction: Direction) => JsonSchema
}

/** @param given components that take the place of those of the same name */
export function openSchemas(given: ReadonlyMap<string, JsonSchema>): Schemas {
  const components = new Map(given)
  const contentOf: Schemas['contentOf'] = (schema, io) => {
    const met = new Map<string, z.core.$ZodType>()
    const { $schema: _, ...json } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema, path }) => {
        if (io === 'output') leaveListOpen(zodSchema, jsonSchema)
        closeTuple(jsonSchema)
        const name = named.get(zodSchema)
        if (name === undefined || path.length === 0) return
        met.set(name, zodSchema)
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema]
        Object.assign(jsonSchema, refTo(name))
      },
    })
    for (const [name, component] of met) add(name, component as z.ZodType, io)
    return json
  }
  const add = (name: string, schema: z.ZodType, io: Direction) => {
    if (components.has(name)) return
    components.set(name, {})
    components.set(name, contentOf(schema, io))
  }
  const of: Schemas['of'] = (schema, io) => {
    const name = named.get(schema)
    if (name === undefined) return contentOf(schema, io)
    add(name, schema, io)
    return refTo(name)
  }
  return { components, of, contentOf }
}

/** A tuple has as many items as are named; that there are no further ones is told in a way that every program knows. */
function closeTuple(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.prefixItems && schema.items === false) schema.items = {}
}

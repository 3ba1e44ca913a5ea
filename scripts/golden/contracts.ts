import * as http from '@pdf-smaller/contracts/http'
import { extractionJsonSchema, extractionSchemas } from '@pdf-smaller/contracts/extraction'
import { messageTypes, openSchema } from '@pdf-smaller/contracts/published'
import { catalogue } from '@pdf-smaller/gateway/catalogue'
import { taskSchemas } from '@pdf-smaller/task/schemas'
import { z } from 'zod'
import type { Role } from './values.ts'

/** What strangers rely on, by the name of its golden file. */
export type Contracts = ReadonlyMap<string, { role: Role; schema: unknown }>

/** Every event in each of its versions, every option, result and file of a task, and every answer of the HTTP API. */
export function contracts(): Contracts {
  return new Map([
    ...messageTypes().map(({ kind, name, message }) => gives(`${kind}/${name}`, message)),
    ...taskSchemas(catalogue).map(({ kind, name, schema }) =>
      kind === 'options' ? takes(`options/${name}`, schema) : gives(`results/${name}`, schema),
    ),
    gives('files/extraction', extractionJsonSchema()),
    ...Object.values<unknown>(http).flatMap((value) => (isRoute(value) ? answersOf(value) : [])),
  ])
}

type Row = readonly [string, { role: Role; schema: unknown }]
const gives = (name: string, schema: unknown): Row => [name, { role: 'gives', schema }]
const takes = (name: string, schema: unknown): Row => [name, { role: 'takes', schema }]

const isRoute = (value: unknown): value is http.Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'answers' in value

/** Written once in each file. */
const named = z.registry<{ id: string }>()
for (const [schema, id] of extractionSchemas) named.add(schema, { id })

/** Those that are JSON: files and streams have other contracts. */
function answersOf({ id, answers }: http.Route): Row[] {
  return Object.entries(answers).flatMap(([status, { schema, contentType }]) =>
    schema && contentType === undefined
      ? [
          gives(
            `answers/${id}.${status}`,
            openSchema(schema, { io: 'output', unrepresentable: 'any', metadata: named }),
          ),
        ]
      : [],
  )
}

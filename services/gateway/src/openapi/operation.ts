import { type FailureCode, failures } from '@pdf-smaller/contracts'
import { endingsOf, Problem, problemType, type Route, statusOf } from '@pdf-smaller/contracts/http'
import { z } from 'zod'
import type { JsonSchema, Schemas } from './schemas.ts'

/** An operation of the document. */
export function operationOf(route: Route, schemas: Schemas): JsonSchema {
  const { id, tag, summary, description, access } = route
  const parameters = parametersOf(route, schemas)
  const body = bodyOf(route, schemas)
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: access === 'open' ? description : `${description} Needs the scope \`${access}\`.`,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: answersOf(route, schemas),
    security: access === 'open' ? [] : [{ key: [] }],
  }
}

const Members = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })).default({}),
  required: z.array(z.string()).default([]),
})

function parametersOf({ params, querystring, headers }: Route, schemas: Schemas): JsonSchema[] {
  const places = Object.entries({ path: params, query: querystring, header: headers })
  return places.flatMap(([place, schema]) => {
    if (!schema) return []
    const { properties, required } = Members.parse(schemas.contentOf(schema, 'input'))
    return Object.entries(properties).map(([name, { description, ...schema }]) => ({
      name,
      in: place,
      ...(required.includes(name) ? { required: true } : {}),
      ...(description ? { description } : {}),
      schema,
    }))
  })
}

function bodyOf({ body, bodies = {} }: Route, schemas: Schemas): JsonSchema | undefined {
  if (!body && Object.keys(bodies).length === 0) return undefined
  const others = Object.entries(bodies).map(([type, schema]) => [type, mediaOf(type, schema, schemas)])
  const mayBeLeftOut = body?.safeParse(undefined).success ?? false
  const json = body ? schemas.of(body, 'input') : undefined
  return {
    ...(mayBeLeftOut ? {} : { required: true }),
    content: { ...(json ? { 'application/json': { schema: json } } : {}), ...Object.fromEntries(others) },
  }
}

/** In a form, options stand as JSON. */
function mediaOf(type: string, body: z.ZodType, schemas: Schemas): JsonSchema {
  const schema = schemas.of(body, 'input')
  const { properties } = Members.parse(schema)
  const isForm = type === 'multipart/form-data' && 'options' in properties
  return { schema, ...(isForm ? { encoding: { options: { contentType: 'application/json' } } } : {}) }
}

type Told = { descriptions: string[]; content: Record<string, { schema: JsonSchema }> }

/** What a route gives, and the codes of its problems by status; both may have the same. */
function answersOf(route: Route, schemas: Schemas): JsonSchema {
  const byStatus = new Map<string, Told>()
  const at = (status: string | number) => {
    const told = byStatus.get(String(status)) ?? { descriptions: [], content: {} }
    byStatus.set(String(status), told)
    return told
  }
  for (const [status, { description, schema, contentType = 'application/json' }] of Object.entries(
    route.answers,
  )) {
    const told = at(status)
    told.descriptions.push(description.endsWith('.') ? description : `${description}.`)
    if (schema) told.content[contentType] = { schema: schemas.of(schema, 'output') }
  }
  for (const [status, codes] of problemsOf(route)) {
    const told = at(status)
    told.descriptions.push(...[...codes].map((code) => `\`${code}\`: ${failures[code].title}.`))
    if (route.method !== 'HEAD') told.content[problemType] = { schema: schemas.of(Problem, 'output') }
  }
  const told = [...byStatus].map(([status, { descriptions, content }]) => [
    status,
    {
      description: descriptions.join(' '),
      ...(Object.keys(content).length > 0 ? { content } : {}),
    },
  ])
  return Object.fromEntries(told)
}

function problemsOf(route: Route): Map<number, Set<FailureCode>> {
  const byStatus = new Map<number, Set<FailureCode>>()
  const add = (status: number, code: FailureCode) =>
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code))
  for (const code of endingsOf(route)) add(statusOf(code), code)
  for (const code of route.jobEndings ?? []) add(statusOf(code, { ofJob: true }), code)
  return byStatus
}

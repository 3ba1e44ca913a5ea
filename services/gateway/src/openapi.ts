import { Failure, JobEvent, JobView, ObjectRef, Progress, StatusView } from '@pdf-smaller/contracts'
import fastify from 'fastify'
import { z } from 'zod'
import type { Access } from './access/caller.ts'
import type { GatewayConfig } from './settings.ts'
import { JobAnswer } from './jobs/answer.ts'
import { Problem } from './problem.ts'
import { Readiness } from './readiness.ts'

/** What a route takes beside JSON, by content type. */
export type Bodies = Record<string, z.ZodType>

/** A route as far as its documentation needs it. */
export type DocumentedRoute = {
  method: string | string[]
  url: string
  schema: unknown
  access: Access
  bodies?: Bodies
}

/** The schemas that stand in the document once, by name. */
const components = {
  Job: JobAnswer,
  JobView,
  Status: StatusView,
  JobEvent,
  Problem,
  Failure,
  ObjectRef,
  Progress,
  Readiness,
}

/**
 * The OpenAPI 3.1 document of the API as JSON, from the schemas that validate its requests.
 * What makes it is only loaded here, on the first request for it.
 */
export async function describeApi(
  routes: readonly DocumentedRoute[],
  { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>,
): Promise<string> {
  const [{ default: swagger }, { jsonSchemaTransform, jsonSchemaTransformObject }] = await Promise.all([
    import('@fastify/swagger'),
    import('fastify-type-provider-zod'),
  ])
  for (const [id, schema] of Object.entries(components)) z.globalRegistry.add(schema, { id })
  const app = fastify({ exposeHeadRoutes: false })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => String)
  await app.register(swagger, {
    openapi: frameOf(PUBLIC_URL),
    transform: (given) => {
      const { url, schema } = jsonSchemaTransform(given)
      const { bodies, access } = routes.find((route) => isSame(route, given.route)) ?? {}
      const json = withoutNull(schema.body)
      return {
        url,
        schema: {
          ...schema,
          ...(json || bodies ? { body: bodies ? withBodies(json, bodies) : json } : {}),
          ...(access === 'open' ? {} : { security: [{ key: [] }] }),
        },
      }
    },
    transformObject: jsonSchemaTransformObject,
  })
  for (const { method, url, schema } of routes)
    app.route({ method, url, schema: schema ?? {}, handler: () => {} })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return JSON.stringify(withoutUnused(document))
}

/** What the document says of the API as a whole. */
function frameOf(publicUrl: string | undefined) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'PDF Smaller',
      version: '1',
      description:
        'Makes PDFs smaller, converts, merges, splits and reads them. Every failure is a problem document (RFC 9457).',
    },
    ...(publicUrl ? { servers: [{ url: publicUrl }] } : {}),
    components: { securitySchemes: { key: { type: 'http' as const, scheme: 'bearer' } } },
  }
}

function withBodies(json: unknown, bodies: Bodies) {
  const others = Object.entries(bodies).map(([type, body]) => {
    const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input' })
    return [type, { schema }]
  })
  return {
    content: { ...(json ? { 'application/json': { schema: json } } : {}), ...Object.fromEntries(others) },
  }
}

/** No body at all is the same as an empty one, where a route takes null. */
function withoutNull(schema: unknown): unknown {
  const either = z
    .object({ anyOf: z.array(z.looseObject({ type: z.string().optional() })) })
    .safeParse(schema)
  return either.success ? either.data.anyOf.find(({ type }) => type !== 'null') : schema
}

type Addressed = Pick<DocumentedRoute, 'method' | 'url'>

const isSame = (a: Addressed, b: Addressed) => a.url === b.url && String(a.method) === String(b.method)

const WithComponents = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})

/** Every component is made for requests and for answers; most are only used in one of them. */
function withoutUnused(document: unknown): unknown {
  const text = JSON.stringify(document)
  const { components, ...rest } = WithComponents.parse(document)
  const used = Object.entries(components.schemas).filter(([name]) =>
    text.includes(`"#/components/schemas/${name}"`),
  )
  return { ...rest, components: { ...components, schemas: Object.fromEntries(used) } }
}

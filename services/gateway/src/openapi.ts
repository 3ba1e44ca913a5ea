import { Failure, JobEvent, JobView, ObjectRef, Progress, StatusView } from '@pdf-smaller/contracts'
import fastify from 'fastify'
import { z } from 'zod'
import type { GatewayConfig } from './context.ts'
import { JobAnswer } from './jobs/answer.ts'
import { Problem } from './problem.ts'
import { Readiness } from './readiness.ts'

/** A route as far as its documentation needs it. */
export type DocumentedRoute = {
  method: string | string[]
  url: string
  schema: unknown
  open: boolean
  form?: z.ZodType
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
  const [{ default: swagger }, { createJsonSchemaTransform, createJsonSchemaTransformObject }] =
    await Promise.all([import('@fastify/swagger'), import('fastify-type-provider-zod')])
  const schemaRegistry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(components)) schemaRegistry.add(schema, { id })
  const transform = createJsonSchemaTransform({ schemaRegistry })
  const app = fastify({ exposeHeadRoutes: false })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => String)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'PDF Smaller',
        version: '1',
        description:
          'Makes PDFs smaller, converts, merges, splits and reads them. Every failure is a problem document (RFC 9457).',
      },
      ...(PUBLIC_URL ? { servers: [{ url: PUBLIC_URL }] } : {}),
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    transform: (given) => {
      const made = transform(given)
      const { form, open } = formOf.get(given.url) ?? {}
      return {
        url: made.url,
        schema: {
          ...made.schema,
          ...(form ? withForm(made.schema.body, form) : {}),
          ...(open ? {} : { security: [{ key: [] }] }),
        },
      }
    },
    transformObject: createJsonSchemaTransformObject({ schemaRegistry }),
  })
  const formOf = new Map(routes.map((route) => [route.url, route]))
  for (const { method, url, schema } of routes)
    app.route({ method, url, schema: schema ?? {}, handler: () => {} })
  await app.ready()
  const json = JSON.stringify(app.swagger())
  await app.close()
  return json
}

/** A body that may be JSON or a form. */
function withForm(json: unknown, form: z.ZodType) {
  const { $schema: _, ...schema } = z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' })
  return {
    body: {
      content: {
        ...(json ? { 'application/json': { schema: json } } : {}),
        'multipart/form-data': { schema },
      },
    },
  }
}

import { z } from 'zod'
import type { App, Context } from '../context.ts'
import { answers } from '../http/answers.ts'
import { measureHealth } from '../health.ts'
import { openReadiness, Readiness } from '../readiness.ts'

const tags = ['Operations']

const live = {
  tags,
  summary: 'Whether the process answers',
  response: answers({
    200: { description: 'It does', schema: z.object({ status: z.literal('alive') }) },
  }),
} as const

const ready = {
  tags,
  summary: 'Whether requests can be served, part by part',
  response: answers({
    200: { description: 'They can', schema: Readiness },
    503: { description: 'They cannot, and why', schema: Readiness },
  }),
} as const

const measured = {
  tags,
  summary: 'Measurements for Prometheus',
  response: answers({ 200: { description: 'Text', schema: z.string(), contentType: 'text/plain' } }),
} as const

/** What a platform asks of the gateway: whether it lives, whether it is of use, and what it measured. */
export function ops(app: App, context: Context): void {
  const readiness = openReadiness(context)
  const { registry } = context.metrics

  app.get('/livez', { config: { access: 'open' }, schema: live }, (_, reply) => {
    void reply.send({ status: 'alive' })
  })
  app.get('/readyz', { config: { access: 'open' }, schema: ready }, async (_, reply) => {
    const answer = await readiness()
    return reply.code(answer.status === 'ready' ? 200 : 503).send(answer)
  })
  app.get('/metrics', { config: { access: 'admin' }, schema: measured }, async (_, reply) => {
    measureHealth(context)
    return reply.header('content-type', registry.contentType).send(await registry.metrics())
  })
}

import { getLiveness, getMetrics, getReadiness } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../context.ts'
import { measureHealth } from '../health.ts'
import { serve } from '../http/serve.ts'
import { openReadiness } from '../readiness.ts'

/** What a platform asks of the gateway: whether it lives, whether it is of use, and what it measured. */
export function ops(app: App, context: Context): void {
  const readiness = openReadiness(context)
  const { registry } = context.metrics

  serve(app, getLiveness, (_, reply) => {
    void reply.send({ status: 'alive' })
  })
  serve(app, getReadiness, async (_, reply) => {
    const answer = await readiness()
    void reply.code(answer.status === 'ready' ? 200 : 503).send(answer)
  })
  serve(app, getMetrics, async (_, reply) => {
    measureHealth(context)
    void reply.header('content-type', registry.contentType).send(await registry.metrics())
  })
}

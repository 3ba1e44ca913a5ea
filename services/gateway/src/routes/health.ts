import { getHealth } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../context.ts'
import { systemHealth } from '../health.ts'
import { serve } from '../http/serve.ts'

export function health(app: App, context: Context): void {
  serve(app, getHealth, (_, reply) => {
    const found = systemHealth(context)
    void reply.code(found.status === 'unhealthy' ? 503 : 200).send(found)
  })
}

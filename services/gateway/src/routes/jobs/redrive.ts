import { redriveJobs } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { redriveFailed } from '../../jobs/redrive.ts'

export function redrive(app: App, context: Context): void {
  serve(app, redriveJobs, async (request, reply) => {
    const { caller, traceparent } = request
    const { limit, cursor, dryRun, ...filter } = request.body
    void reply.send(await redriveFailed(context, caller, { filter, limit, cursor, dryRun, traceparent }))
  })
}

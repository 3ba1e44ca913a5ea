import { eraseJob } from '@pdf-smaller/contracts/http'
import { traceId } from '@pdf-smaller/platform'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { eraseFiles } from '../../jobs/erase.ts'
import { findJob } from '../../jobs/find.ts'

export function erase(app: App, context: Context): void {
  serve(app, eraseJob, async (request, reply) => {
    const { caller, traceparent, params, query } = request
    const job = await findJob(context, caller.tenant, params.id)
    const erasure = await eraseFiles(context, job, { by: caller.id, traceparent, record: query.record })
    context.log.info({ ...erasure, traceId: traceId(traceparent) }, 'job erased')
    void reply.send(erasure)
  })
}

import { JobFailure } from '@pdf-smaller/contracts'
import { cancelJob } from '@pdf-smaller/contracts/http'
import { command, traceId } from '@pdf-smaller/platform'
import { type App, type Context, source } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { addressOf, findJob } from '../../jobs/find.ts'
import { seen } from '../../jobs/seen.ts'

export function cancel(app: App, context: Context): void {
  const { store, projection, config, log } = context
  serve(app, cancelJob, async (request, reply) => {
    const { caller, traceparent } = request
    const job = await findJob(context, caller.tenant, request.params.id)
    const given = { type: 'Cancel', by: caller.id, reason: request.body?.reason ?? '' } as const
    const done = await command(store, addressOf(job), given, { source, traceparent }, { job })
    if (done.kind === 'nothing')
      throw new JobFailure('already_decided', `it is ${done.job?.status ?? job.status}`)
    await seen(projection, done.job.revision)
    log.info({ jobId: job.id, by: caller.id, traceId: traceId(traceparent) }, 'job cancelled')
    void reply.send(jobAnswer(done.job, baseOf(config)))
  })
}

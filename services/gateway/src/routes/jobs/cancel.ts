import { JobFailure } from '@pdf-smaller/contracts'
import { command, traceId } from '@pdf-smaller/platform'
import { z } from 'zod'
import { type App, type Context, source } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { baseOf, jobAnswer, JobAnswer } from '../../jobs/answer.ts'
import { addressOf, findJob } from '../../jobs/find.ts'
import { seen } from '../../jobs/seen.ts'
import { JobParams } from './get.ts'

const schema = {
  tags: ['Jobs'],
  summary: 'Cancel a job',
  params: JobParams,
  body: z.strictObject({ reason: z.string().max(500).optional() }).nullish(),
  response: answers({ 200: { description: 'The job, cancelled', schema: JobAnswer } }, [
    'unknown_job',
    'already_decided',
    'events_unavailable',
    'events_full',
  ]),
} as const

export function cancel(app: App, context: Context): void {
  const { store, projection, config, log } = context
  app.post('/api/jobs/:id/cancel', { config: { access: 'submit' }, schema }, async (request, reply) => {
    const { caller, traceparent } = request
    const job = await findJob(context, caller.tenant, request.params.id)
    const given = { type: 'Cancel', by: caller.id, reason: request.body?.reason ?? '' } as const
    const done = await command(store, addressOf(job), given, { source, traceparent }, { job })
    if (done.kind === 'nothing')
      throw new JobFailure('already_decided', `it is ${done.job?.status ?? job.status}`)
    await seen(projection, done.job.revision)
    log.info({ jobId: job.id, by: caller.id, traceId: traceId(traceparent) }, 'job cancelled')
    return reply.send(jobAnswer(done.job, baseOf(config)))
  })
}

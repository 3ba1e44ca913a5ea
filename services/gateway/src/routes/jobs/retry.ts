import { JobFailure } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { z } from 'zod'
import { assertMayRun } from '../../access/caller.ts'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { namingOf } from '../../intake/idempotency.ts'
import { openSubmission } from '../../intake/submission.ts'
import { acceptJobs } from '../../jobs/accept.ts'
import { again } from '../../jobs/again.ts'
import { JobAnswer } from '../../jobs/answer.ts'
import { findJob } from '../../jobs/find.ts'
import { answerAccepted } from './accepted.ts'
import { JobParams } from './get.ts'

const schema = {
  tags: ['Jobs'],
  summary: 'Run a finished job again, as a new job',
  params: JobParams,
  headers: z.looseObject({ 'idempotency-key': z.string().optional(), prefer: z.string().optional() }),
  response: answers(
    {
      200: { description: 'The new job, finished within the wait or before', schema: JobAnswer },
      202: { description: 'The new job, accepted', schema: JobAnswer },
    },
    ['unknown_job', 'not_finished', 'file_expired', 'idempotency_conflict', 'storage_full', 'events_full'],
  ),
} as const

export function retry(app: App, context: Context): void {
  app.post('/api/jobs/:id/retry', { config: { access: 'submit' }, schema }, async (request, reply) => {
    const { caller, traceparent } = request
    const job = await findJob(context, caller.tenant, request.params.id)
    if (!isDecided(job)) throw new JobFailure('not_finished', `it is ${job.status}`)
    const task = context.tasks.get(job.task)
    if (task) assertMayRun(caller, task)
    if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
    const naming = namingOf(caller.tenant, request.headers['idempotency-key'])
    const submission = openSubmission(context, caller.tenant, naming.jobId(0))
    const data = await again(context, caller, job, submission)
    const acceptance = await acceptJobs(context, [{ data, submission }], {
      traceparent,
      unique: naming.key !== undefined,
    })
    return answerAccepted(context, request, reply, acceptance)
  })
}

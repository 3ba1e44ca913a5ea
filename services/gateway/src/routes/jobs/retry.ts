import { JobFailure } from '@pdf-smaller/contracts'
import { retryJob } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import { assertMayRun } from '../../access/caller.ts'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { handIn } from '../../intake/hand-in.ts'
import { again } from '../../jobs/again.ts'
import { findJob } from '../../jobs/find.ts'
import { acceptedAnswer } from './accepted.ts'

export function retry(app: App, context: Context): void {
  serve(app, retryJob, async (request, reply) => {
    const { caller } = request
    const job = await findJob(context, caller.tenant, request.params.id)
    if (!isDecided(job)) throw new JobFailure('not_finished', `it is ${job.status}`)
    const task = context.tasks.get(job.task)
    if (task) assertMayRun(caller, task)
    if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
    const acceptance = await handIn(context, request, async (open) => {
      const submission = open(0)
      return [{ data: await again(context, caller, job, submission), submission }]
    })
    const answer = await acceptedAnswer(context, request.headers.prefer, reply.raw, acceptance)
    void reply.code(answer.status).headers(answer.headers).send(answer.job)
  })
}

import { JobFailure } from '@pdf-smaller/contracts'
import { type ReplayBody, replayJob } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { handIn } from '../../intake/hand-in.ts'
import { checkedOptions } from '../../intake/options.ts'
import { taskFor } from '../../intake/task-for.ts'
import { replay as replayed } from '../../jobs/again.ts'
import { findJob } from '../../jobs/find.ts'
import { acceptedAnswer } from './accepted.ts'

export function replay(app: App, context: Context): void {
  serve(app, replayJob, async (request, reply) => {
    const { caller, params, body, headers } = request
    const job = await findJob(context, caller.tenant, params.id)
    if (!isDecided(job)) throw new JobFailure('not_finished', `it is ${job.status}`)
    const task = taskFor(context, caller, job.task)
    if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
    const options = checkedOptions(task, changed(job.options, body ?? { options: {} }))
    const acceptance = await handIn(context, request, async (open) => {
      const submission = open(0)
      return [
        { data: await replayed(context, caller, job, submission, { options, tag: body?.tag }), submission },
      ]
    })
    const answer = await acceptedAnswer(context, headers.prefer, reply.raw, acceptance)
    void reply.code(answer.status).headers(answer.headers).send(answer.job)
  })
}

/** The options of a job with those that are to be others; null takes one away (RFC 7396). */
function changed(
  before: Record<string, unknown>,
  { engine, model, options }: Pick<ReplayBody, 'engine' | 'model' | 'options'>,
): Record<string, unknown> {
  const named = Object.entries({ engine, model }).filter(([, value]) => value !== undefined)
  const all = { ...before, ...options, ...Object.fromEntries(named) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

import { JobFailure } from '@pdf-smaller/contracts'
import { getJob } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { findJob } from '../../jobs/find.ts'
import { awaited } from './awaited.ts'
import { foldFacts, readFacts } from '../../jobs/history.ts'

export function get(app: App, context: Context): void {
  const base = baseOf(context.config)
  serve(app, getJob, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    const { asOf } = request.query
    if (asOf !== undefined) return void reply.send(jobAnswer(await jobAsOf(context, job.id, asOf), base))
    const { job: shown, headers } = await awaited(context, request.headers.prefer, reply.raw, job)
    void reply.headers(headers).send(jobAnswer(shown, base))
  })
}

async function jobAsOf(context: Context, jobId: string, sequence: number) {
  const sequences = context.projection.sequences(jobId).filter((each) => each <= sequence)
  const job = foldFacts(await readFacts(context, sequences))
  if (!job) throw new JobFailure('unknown_job', `it was requested after ${sequence}`)
  return job
}

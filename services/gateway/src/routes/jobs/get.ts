import { JobFailure } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { baseOf, jobAnswer, JobAnswer } from '../../jobs/answer.ts'
import { findJob } from '../../jobs/find.ts'
import { foldFacts, readFacts } from '../../jobs/history.ts'

export const JobParams = z.object({ id: z.string().describe('The id of the job') })

const schema = {
  tags: ['Jobs'],
  summary: 'A job',
  params: JobParams,
  querystring: z.strictObject({
    asOf: z.coerce
      .number()
      .int()
      .positive()
      .optional()
      .describe('The job as it was when this sequence of the stream was its newest event'),
  }),
  response: answers({ 200: { description: 'The job', schema: JobAnswer } }, [
    'unknown_job',
    'events_unavailable',
  ]),
} as const

export function get(app: App, context: Context): void {
  const base = baseOf(context.config)
  app.get('/api/jobs/:id', { config: { access: 'read' }, schema }, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    const { asOf } = request.query
    const shown = asOf === undefined ? job : await jobAsOf(context, job.id, asOf)
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(jobAnswer(shown, base)))
  })
}

async function jobAsOf(context: Context, jobId: string, sequence: number) {
  const sequences = context.projection.sequences(jobId).filter((each) => each <= sequence)
  const job = foldFacts(await readFacts(context, sequences))
  if (!job) throw new JobFailure('unknown_job', `it was requested after ${sequence}`)
  return job
}

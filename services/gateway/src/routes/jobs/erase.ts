import { traceId } from '@pdf-smaller/platform'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { eraseJob, Erasure } from '../../jobs/erase.ts'
import { findJob } from '../../jobs/find.ts'
import { JobParams } from './get.ts'

const schema = {
  tags: ['Jobs'],
  summary: 'Delete the files of a finished job now, and its record on request',
  params: JobParams,
  querystring: z.strictObject({
    record: z
      .stringbool()
      .default(false)
      .describe('Remove the record, too: the job is then unknown, and its id is never used again'),
  }),
  response: answers({ 200: { description: 'What was deleted', schema: Erasure } }, [
    'unknown_job',
    'not_finished',
    'storage_unavailable',
    'events_unavailable',
    'events_full',
  ]),
} as const

export function erase(app: App, context: Context): void {
  app.delete('/api/jobs/:id', { config: { access: 'submit' }, schema }, async (request, reply) => {
    const { caller, traceparent, params, query } = request
    const job = await findJob(context, caller.tenant, params.id)
    const erasure = await eraseJob(context, job, { by: caller.id, traceparent, record: query.record })
    context.log.info({ ...erasure, traceId: traceId(traceparent) }, 'job erased')
    return reply.send(erasure)
  })
}

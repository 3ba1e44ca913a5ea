import { FailureCode, JobId } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { Redrive, redriveJobs } from '../../jobs/redrive.ts'
import { time } from './list.ts'

const Body = z.strictObject({
  code: FailureCode.optional().describe('Only jobs that failed with this code'),
  task: z.string().optional(),
  tag: z.string().optional(),
  batchId: JobId.optional(),
  requestedAfter: time.optional().describe('Requested at this time or later'),
  requestedBefore: time.optional().describe('Requested before this time'),
  limit: z.int().min(1).max(200).default(100).describe('The most jobs of one request, the newest first'),
  cursor: z.string().max(100).optional().describe('`nextCursor` of the answer before'),
  dryRun: z.boolean().default(true).describe('Only tell what would be run again; send false to do it'),
})

const schema = {
  tags: ['Jobs'],
  summary: 'Run failed jobs again, each as a new job',
  description:
    'A failed job is run again once, however often this is asked for; when the new job fails, that can be run again. ' +
    'The new job keeps tag and batch of the failed one.',
  body: Body,
  response: answers({ 200: { description: 'What became of each', schema: Redrive } }, [
    'storage_unavailable',
    'storage_full',
    'events_unavailable',
    'events_full',
  ]),
} as const

export function redrive(app: App, context: Context): void {
  app.post('/api/jobs/retry', { config: { access: 'submit' }, schema }, async (request, reply) => {
    const { caller, traceparent } = request
    const { limit, cursor, dryRun, ...filter } = request.body
    return reply.send(await redriveJobs(context, caller, { filter, limit, cursor, dryRun, traceparent }))
  })
}

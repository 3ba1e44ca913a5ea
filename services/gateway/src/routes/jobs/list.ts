import { FailureCode, JobId, JobStatus } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { baseOf, jobAnswer, JobAnswer } from '../../jobs/answer.ts'
import { readCursor, writeCursor } from '../../jobs/cursor.ts'

export const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString())

const List = z.object({
  jobs: z.array(JobAnswer),
  /** Send it as `cursor` for the next page; absent on the last. */
  nextCursor: z.string().optional(),
})

const schema = {
  tags: ['Jobs'],
  summary: 'Jobs, the newest first',
  querystring: z.strictObject({
    status: JobStatus.optional(),
    task: z.string().optional(),
    tag: z.string().optional(),
    batchId: JobId.optional(),
    code: FailureCode.optional().describe('The code of its failure'),
    requestedAfter: time.optional().describe('Requested at this time or later'),
    requestedBefore: time.optional().describe('Requested before this time'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(100).optional().describe('`nextCursor` of the page before'),
  }),
  response: answers({ 200: { description: 'A page of jobs', schema: List } }),
} as const

export function list(app: App, context: Context): void {
  const base = baseOf(context.config)
  app.get('/api/jobs', { config: { access: 'read' }, schema }, (request, reply) => {
    const { limit, cursor, ...filter } = request.query
    const before = cursor === undefined ? undefined : readCursor(cursor)
    const page = context.projection.list(request.caller.tenant, filter, limit, before)
    const answer: z.infer<typeof List> = {
      jobs: page.jobs.map((job) => jobAnswer(job, base)),
      ...(page.nextCursor === undefined ? {} : { nextCursor: writeCursor(page.nextCursor) }),
    }
    void reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer))
  })
}

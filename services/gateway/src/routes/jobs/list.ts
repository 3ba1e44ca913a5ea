import { listJobs } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { readCursor, writeCursor } from '../../jobs/cursor.ts'

export function list(app: App, context: Context): void {
  const base = baseOf(context.config)
  serve(app, listJobs, (request, reply) => {
    const { limit, cursor, ...filter } = request.query
    const before = cursor === undefined ? undefined : readCursor(cursor)
    const page = context.projection.list(request.caller.tenant, filter, limit, before)
    void reply.send({
      jobs: page.jobs.map((job) => jobAnswer(job, base)),
      ...(page.nextCursor === undefined ? {} : { nextCursor: writeCursor(page.nextCursor) }),
    })
  })
}

import type { FastifyReply } from 'fastify'
import { type JobAnswer, listJobs } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { readCursor, writeCursor } from '../../jobs/cursor.ts'

export function list(app: App, context: Context): void {
  const base = baseOf(context.config)
  serve(app, listJobs, (request, reply) => {
    const { limit, cursor, fields, ...filter } = request.query
    const before = cursor === undefined ? undefined : readCursor(cursor)
    const page = context.projection.list(request.caller.tenant, filter, limit, before)
    const jobs = page.jobs.map((job) => jobAnswer(job, base))
    const next = page.nextCursor === undefined ? {} : { nextCursor: writeCursor(page.nextCursor) }
    if (fields) sendThin(reply, { jobs: jobs.map((job) => only(job, fields)), ...next })
    else void reply.send({ jobs, ...next })
  })
}

function only(job: JobAnswer, fields: readonly (keyof JobAnswer)[]): Partial<JobAnswer> {
  return Object.fromEntries(fields.map((name) => [name, job[name]]))
}

/** As text, which no schema holds: the documented one is that of pages from which nothing was asked to be left out. */
function sendThin(reply: unknown, page: { jobs: Partial<JobAnswer>[] }): void {
  const plain = reply as FastifyReply
  void plain.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(page))
}

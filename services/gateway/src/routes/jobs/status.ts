import { type JobView, StatusView } from '@pdf-smaller/contracts'
import { isDecided, statusView } from '@pdf-smaller/domain'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { findJob } from '../../jobs/find.ts'
import { JobParams } from './get.ts'

const schema = {
  tags: ['Jobs'],
  summary: 'The status of a job, in the shape of the predecessor',
  params: JobParams,
  response: answers({ 200: { description: 'The status', schema: StatusView } }, ['unknown_job']),
} as const

/** Finished jobs whose status is kept as JSON; it changes no more but for the expiry of files. */
const kept = 5000

export function status(app: App, context: Context): void {
  const { projection, clock } = context
  const finished = new Map<string, { revision: number; json: string }>()
  const jsonOf = (job: JobView): string => {
    const found = finished.get(job.id)
    if (found?.revision === job.revision) return found.json
    if (!isDecided(job)) return JSON.stringify(statusView(job, projection.forecast(job, clock())))
    const json = JSON.stringify(statusView(job))
    if (finished.size >= kept) for (const oldest of finished.keys()) if (finished.delete(oldest)) break
    finished.set(job.id, { revision: job.revision, json })
    return json
  }
  app.get('/api/jobs/:id/status', { config: { access: 'read' }, schema }, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    return reply.header('content-type', 'application/json; charset=utf-8').send(jsonOf(job))
  })
}

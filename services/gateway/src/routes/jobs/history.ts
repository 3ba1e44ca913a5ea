import { JobEvent } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { findJob } from '../../jobs/find.ts'
import { readFacts } from '../../jobs/history.ts'
import { JobParams } from './get.ts'

const History = z.object({
  jobId: z.string(),
  events: z.array(z.object({ sequence: z.int().positive(), event: JobEvent })),
})

const schema = {
  tags: ['Jobs'],
  summary: 'All events of a job, the oldest first',
  params: JobParams,
  response: answers(
    { 200: { description: 'The events with their sequences in the stream', schema: History } },
    ['unknown_job', 'events_unavailable'],
  ),
} as const

export function history(app: App, context: Context): void {
  app.get('/api/jobs/:id/history', { config: { access: 'read' }, schema }, async (request, reply) => {
    const { id } = await findJob(context, request.caller.tenant, request.params.id)
    const events = await readFacts(context, context.projection.sequences(id))
    const answer: z.infer<typeof History> = { jobId: id, events }
    return reply.send(answer)
  })
}

import type { ObjectRef } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { answerOutput } from '../../jobs/download.ts'
import { findJob } from '../../jobs/find.ts'
import { JobParams } from './get.ts'

const file = { schema: z.file(), contentType: 'application/pdf' }

/** How the answers of a download are documented. */
export const downloads = answers(
  {
    200: { description: 'The file', ...file },
    206: { description: 'The part of the file that Range asked for', ...file },
    304: { description: 'The file has not changed' },
  },
  [
    'unknown_job',
    'not_finished',
    'job_cancelled',
    'file_expired',
    'unknown_file',
    'range_not_satisfiable',
    'object_missing',
    'storage_unavailable',
  ],
)

const schema = {
  tags: ['Files'],
  summary: 'The first output of a job',
  description:
    'Of a failed job its failure is answered, with its own status where that is one of 4xx, else 422.',
  params: JobParams,
  response: downloads,
} as const

export function result(app: App, context: Context): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/jobs/:id/result',
    config: { access: 'read' },
    schema,
    handler: async (request, reply) => {
      const job = await findJob(context, request.caller.tenant, request.params.id)
      // While a job runs, what is there first is not what will be first in the end.
      const main = ([first]: readonly ObjectRef[]) => (job.status === 'completed' ? first : undefined)
      return answerOutput(context, job, main, request, reply)
    },
  })
}

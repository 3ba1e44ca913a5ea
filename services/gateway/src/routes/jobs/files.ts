import type { ObjectRef } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { fileName } from '../../jobs/answer.ts'
import { answerOutput } from '../../jobs/download.ts'
import { findJob } from '../../jobs/find.ts'
import { JobParams } from './get.ts'
import { downloads } from './result.ts'

const schema = {
  tags: ['Files'],
  summary: 'An output of a job',
  params: JobParams.extend({ name: z.string().describe('As in `links.files`, or the name of the output') }),
  response: downloads,
} as const

export function files(app: App, context: Context): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/jobs/:id/files/:name',
    config: { access: 'read' },
    schema,
    handler: async (request, reply) => {
      const { id, name } = request.params
      const job = await findJob(context, request.caller.tenant, id)
      const named = (outputs: readonly ObjectRef[]) =>
        outputs.find((output) => fileName(output) === name) ?? outputs.find((output) => output.name === name)
      return answerOutput(context, job, named, request, reply)
    },
  })
}

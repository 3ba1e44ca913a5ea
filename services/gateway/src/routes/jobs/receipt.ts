import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { findJob } from '../../jobs/find.ts'
import { Receipt, receiptOf } from '../../jobs/receipt.ts'
import { JobParams } from './get.ts'

const schema = {
  tags: ['Jobs'],
  summary: 'What a finished job did, and what becomes of its files',
  params: JobParams,
  response: answers({ 200: { description: 'The receipt', schema: Receipt } }, [
    'unknown_job',
    'not_finished',
  ]),
} as const

export function receipt(app: App, context: Context): void {
  app.get('/api/jobs/:id/receipt', { config: { access: 'read' }, schema }, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    return reply.send(receiptOf(job))
  })
}

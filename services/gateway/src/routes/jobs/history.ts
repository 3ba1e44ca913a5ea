import { getHistory } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { findJob } from '../../jobs/find.ts'
import { readFacts } from '../../jobs/history.ts'

export function history(app: App, context: Context): void {
  serve(app, getHistory, async (request, reply) => {
    const { id } = await findJob(context, request.caller.tenant, request.params.id)
    const events = await readFacts(context, context.projection.sequences(id))
    void reply.send({ jobId: id, events })
  })
}

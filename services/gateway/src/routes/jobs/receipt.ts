import { getReceipt } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { findJob } from '../../jobs/find.ts'
import { receiptOf } from '../../jobs/receipt.ts'

export function receipt(app: App, context: Context): void {
  serve(app, getReceipt, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    void reply.send(receiptOf(job))
  })
}

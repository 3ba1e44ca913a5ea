import type { JobView, StatusView } from '@pdf-smaller/contracts'
import { getStatus } from '@pdf-smaller/contracts/http'
import { isDecided, statusView } from '@pdf-smaller/domain'
import type { App, Context } from '../../context.ts'
import { keepJson } from '../../http/json.ts'
import { serve } from '../../http/serve.ts'
import { findJob } from '../../jobs/find.ts'

/** Finished jobs whose status is kept with its JSON; it changes no more but for the expiry of files. */
const kept = 5000

export function status(app: App, context: Context): void {
  const { projection, clock } = context
  const finished = new Map<string, { revision: number; view: StatusView }>()
  const viewOf = (job: JobView): StatusView => {
    const found = finished.get(job.id)
    if (found?.revision === job.revision) return found.view
    if (!isDecided(job)) return statusView(job, projection.forecast(job, clock()))
    const view = keepJson(statusView(job))
    if (finished.size >= kept) for (const oldest of finished.keys()) if (finished.delete(oldest)) break
    finished.set(job.id, { revision: job.revision, view })
    return view
  }
  serve(app, getStatus, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    void reply.send(viewOf(job))
  })
}

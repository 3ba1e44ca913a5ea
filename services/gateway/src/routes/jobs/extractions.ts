import { compareJobs, correctJob, getExtraction, listCorrections } from '@pdf-smaller/contracts/http'
import { newestOfEach } from '@pdf-smaller/extraction/corrections'
import { traceId } from '@pdf-smaller/platform'
import { JobFailure, type JobView } from '@pdf-smaller/contracts'
import type { Correction } from '@pdf-smaller/contracts/extraction'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { compareJob } from '../../jobs/compare.ts'
import { correctField } from '../../jobs/correct.ts'
import { correctedEvents, readCorrections } from '../../jobs/corrections.ts'
import { openExtractionWork } from '../../jobs/extraction/work-on.ts'
import { findJob } from '../../jobs/find.ts'
import { readExtraction } from '../../jobs/read-extraction.ts'

/** What jobs have extracted: told, compared and corrected. */
export function extractions(app: App, context: Context): void {
  const { log } = context
  const workOn = openExtractionWork()
  serve(app, getExtraction, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    const told = await workOn('tell', async () => ({
      extraction: await readExtraction(context, job),
      corrections: await newestCorrections(context, job),
    }))
    void reply.send(told)
  })
  serve(app, compareJobs, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    void reply.send(await compareJob(context, workOn, job, request.query.with))
  })
  serve(app, correctJob, async (request, reply) => {
    const { caller, params, body, traceparent } = request
    const job = await findJob(context, caller.tenant, params.id)
    const correction = await correctField(context, workOn, job, body, { by: caller.id, traceparent })
    const { document, field, number } = correction
    const about = { jobId: job.id, document, field, number, by: caller.id, traceId: traceId(traceparent) }
    log.info(about, 'a field was corrected')
    void reply.code(201).send(correction)
  })
  serve(app, listCorrections, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
    const corrections = await readCorrections(context, await correctedEvents(context, job))
    void reply.send({ jobId: job.id, corrections })
  })
}

/** Of each field the newest correction; only those are read. */
async function newestCorrections(context: Context, job: JobView): Promise<Correction[]> {
  const events = await correctedEvents(context, job)
  const newest = newestOfEach(events.map((event) => ({ ...event.data, event })))
  return readCorrections(
    context,
    newest.map(({ event }) => event),
  )
}

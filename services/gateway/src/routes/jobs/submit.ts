import { submitBatch, submitEach, submitJob } from '@pdf-smaller/contracts/http'
import type { JobView } from '@pdf-smaller/contracts'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { draftNamed, draftSent } from '../../intake/drafts.ts'
import { handIn, handInBatch } from '../../intake/hand-in.ts'
import { taskFor } from '../../intake/task-for.ts'
import { baseOf, jobAnswer } from '../../jobs/answer.ts'
import { acceptedAnswer, replayed } from './accepted.ts'

/** What brings jobs in. It takes forms. */
export function submit(app: App, context: Context): void {
  one(app, context)
  each(app, context)
  several(app, context)
}

function one(app: App, context: Context): void {
  const at = ['/api/jobs/:task']
  serve(
    app,
    submitJob,
    async (request, reply) => {
      const { caller, params, body } = request
      const task = taskFor(context, caller, params.task)
      const acceptance = await handIn(context, request, (open) =>
        request.isMultipart()
          ? draftSent(context, request, task, 'one job of all files', open)
          : draftNamed(context, caller, [{ inputs: [], options: {}, ...body, task: task.name }], open),
      )
      const { status, headers, job } = await acceptedAnswer(
        context,
        request.headers.prefer,
        reply.raw,
        acceptance,
      )
      void reply.code(status).headers(headers).send(job)
    },
    { at },
  )
}

function each(app: App, context: Context): void {
  const at = ['/api/jobs/:task/batch']
  serve(
    app,
    submitEach,
    async (request, reply) => {
      const task = taskFor(context, request.caller, request.params.task)
      const { batchId, jobs, repeated } = await handInBatch(context, request, (open) =>
        draftSent(context, request, task, 'a job for each file', open),
      )
      const answer = batchAnswer(context, batchId, jobs)
      const headers = { location: locationOf(context, batchId), ...replayed(repeated) }
      void reply.code(202).headers(headers).send(answer)
    },
    { at },
  )
}

function several(app: App, context: Context): void {
  serve(app, submitBatch, async (request, reply) => {
    const { batchId, jobs, repeated } = await handInBatch(context, request, (open) =>
      draftNamed(context, request.caller, request.body.jobs, open),
    )
    const answer = batchAnswer(context, batchId, jobs)
    const headers = { location: locationOf(context, batchId), ...replayed(repeated) }
    void reply.code(202).headers(headers).send(answer)
  })
}

function batchAnswer({ config }: Context, batchId: string, jobs: readonly JobView[]) {
  return { batchId, jobs: jobs.map((job) => jobAnswer(job, baseOf(config))) }
}

function locationOf({ config }: Context, batchId: string): string {
  return `${baseOf(config)}/api/jobs?batchId=${batchId}`
}

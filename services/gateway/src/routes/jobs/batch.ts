import { JobId } from '@pdf-smaller/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { JobForm } from '../../intake/ask.ts'
import { BatchBody, draftNamed, draftSent, type OpenSubmission } from '../../intake/draft.ts'
import { namingOf } from '../../intake/idempotency.ts'
import { openSubmission, type Submission } from '../../intake/submission.ts'
import { acceptJobs, type Asked } from '../../jobs/accept.ts'
import { baseOf, jobAnswer, JobAnswer } from '../../jobs/answer.ts'

const BatchAnswer = z.object({ batchId: JobId, jobs: z.array(JobAnswer) })

const shared = {
  tags: ['Jobs'],
  headers: z.looseObject({ 'idempotency-key': z.string().optional() }),
  response: answers({ 202: { description: 'All jobs, accepted', schema: BatchAnswer } }, [
    'unknown_task',
    'missing_file',
    'too_many_files',
    'empty_file',
    'not_a_pdf',
    'too_large',
    'invalid_options',
    'broken_upload',
    'upload_timeout',
    'unknown_upload',
    'idempotency_conflict',
    'storage_full',
    'events_full',
  ]),
} as const

const named = {
  ...shared,
  summary: 'Request several jobs at once',
  description: 'All of them are accepted, or none. They share a batchId, by which they can be listed.',
  body: BatchBody,
} as const

const sent = {
  ...shared,
  summary: 'Request a job for each file of a form',
  description: 'All of them are accepted, or none. Options, tag and start time hold for every job.',
  params: z.object({ task: z.string() }),
} as const

export function batch(app: App, context: Context): void {
  app.post('/api/jobs', { config: { access: 'submit' }, schema: named }, async (request, reply) => {
    const answer = await acceptBatch(context, request, (open) =>
      draftNamed(context, request.caller, request.body, open),
    )
    return reply.code(202).header('location', locationOf(context, answer)).send(answer)
  })
  const config = { access: 'submit' as const, bodies: { 'multipart/form-data': JobForm } }
  app.post('/api/jobs/:task/batch', { config, schema: sent }, async (request, reply) => {
    const answer = await acceptBatch(context, request, (open) =>
      draftSent(context, request, request.params.task, open),
    )
    return reply.code(202).header('location', locationOf(context, answer)).send(answer)
  })
}

/** Accepts the jobs that `draft` brings together, or deletes all that it stored. */
async function acceptBatch(
  context: Context,
  request: FastifyRequest,
  draft: (open: OpenSubmission) => Promise<Asked[]>,
): Promise<z.infer<typeof BatchAnswer>> {
  const naming = namingOf(request.caller.tenant, request.headers['idempotency-key'])
  const opened: Submission[] = []
  const open: OpenSubmission = (index) => {
    const submission = openSubmission(context, request.caller.tenant, naming.jobId(index))
    opened.push(submission)
    return submission
  }
  const drafts = await draft(open).catch(async (error: unknown) => {
    await Promise.all(opened.map((submission) => submission.abandon()))
    throw error
  })
  const batchId = naming.batchId()
  const asked = drafts.map(({ data, submission }) => ({ data: { ...data, batchId }, submission }))
  const { jobs } = await acceptJobs(context, asked, {
    traceparent: request.traceparent,
    unique: naming.key !== undefined,
  })
  return { batchId, jobs: jobs.map((job) => jobAnswer(job, baseOf(context.config))) }
}

function locationOf({ config }: Context, { batchId }: z.infer<typeof BatchAnswer>): string {
  return `${baseOf(config)}/api/jobs?batchId=${batchId}`
}

import { JobFailure, JobId, type JobRequestedData } from '@pdf-smaller/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App, Context } from '../../context.ts'
import { answers } from '../../http/answers.ts'
import { checkCount, JobBody, JobForm, requestedData, splitFields, taskNamed } from '../../intake/ask.ts'
import { namingOf } from '../../intake/idempotency.ts'
import { checkedOptions, optionsOfForm } from '../../intake/options.ts'
import { receiveForm, storeFile } from '../../intake/receive.ts'
import { openSubmission, type Submission } from '../../intake/submission.ts'
import { copyUploads } from '../../intake/uploads.ts'
import { acceptJobs, type Asked } from '../../jobs/accept.ts'
import { baseOf, jobAnswer, JobAnswer } from '../../jobs/answer.ts'

const BatchBody = z.strictObject({
  jobs: z
    .array(JobBody.extend({ task: z.string() }))
    .min(1)
    .max(1000),
})

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
  app.post('/api/jobs', { config: { access: 'submit' }, schema: named }, (request, reply) =>
    acceptBatch(context, request, (open) => draftNamed(context, request, request.body, open)).then((answer) =>
      reply.code(202).header('location', locationOf(context, answer)).send(answer),
    ),
  )
  app.post(
    '/api/jobs/:task/batch',
    { config: { access: 'submit', bodies: { 'multipart/form-data': JobForm } }, schema: sent },
    (request, reply) =>
      acceptBatch(context, request, (open) => draftSent(context, request, request.params.task, open)).then(
        (answer) => reply.code(202).header('location', locationOf(context, answer)).send(answer),
      ),
  )
}

type Opening = (index: number) => Submission

/** Accepts the jobs that `draft` brings together, or deletes all that it stored. */
async function acceptBatch(
  context: Context,
  request: FastifyRequest,
  draft: (open: Opening) => Promise<Asked[]>,
): Promise<z.infer<typeof BatchAnswer>> {
  const naming = namingOf(request.caller.tenant, request.headers['idempotency-key'])
  const opened: Submission[] = []
  const open: Opening = (index) => {
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

async function draftNamed(
  context: Context,
  { caller }: FastifyRequest,
  { jobs }: z.infer<typeof BatchBody>,
  open: Opening,
): Promise<Asked[]> {
  // Everything is checked before the first file is copied.
  const checked = jobs.map(({ task: name, inputs, options, ...rest }) => {
    const task = taskNamed(context, name)
    checkCount(task, inputs.length, context.config)
    return { ...rest, task, given: inputs, options: checkedOptions(task, options) }
  })
  const drafts: Asked[] = []
  for (const [index, { task, given, ...asked }] of checked.entries()) {
    const submission = open(index)
    const inputs = await copyUploads(context, caller, task, submission, given)
    drafts.push({ data: requestedData(context, caller, task, { ...asked, inputs }), submission })
  }
  return drafts
}

async function draftSent(
  context: Context,
  request: FastifyRequest,
  name: string,
  open: Opening,
): Promise<Asked[]> {
  const task = taskNamed(context, name)
  const { MAX_FILES } = context.config
  if (task.inputs.min > 1 || task.inputs.max < 1)
    throw new JobFailure(
      'invalid_request',
      `${name} takes no single file, so a batch of it has to be sent as JSON`,
    )
  if (!request.isMultipart()) throw new JobFailure('unsupported_media_type', 'a batch of files is a form')
  const files: { submission: Submission; inputs: JobRequestedData['inputs'] }[] = []
  const fields = await receiveForm(context, request, MAX_FILES, async (file) => {
    if (files.length >= MAX_FILES) throw new JobFailure('too_many_files', `a batch takes ${MAX_FILES}`)
    const submission = open(files.length)
    files.push({
      submission,
      inputs: [await storeFile(task, submission, file, request.caller.maxUploadBytes)],
    })
  })
  if (files.length === 0) throw new JobFailure('missing_file')
  const { options, ...rest } = splitFields(fields)
  const checked = optionsOfForm(task, options)
  return files.map(({ submission, inputs }) => ({
    data: requestedData(context, request.caller, task, { ...rest, inputs, options: checked }),
    submission,
  }))
}

function locationOf({ config }: Context, { batchId }: z.infer<typeof BatchAnswer>): string {
  return `${baseOf(config)}/api/jobs?batchId=${batchId}`
}

import { JobFailure } from '@pdf-smaller/contracts'
import type { Task } from '@pdf-smaller/task'
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
import { acceptJobs } from '../../jobs/accept.ts'
import { JobAnswer } from '../../jobs/answer.ts'
import { answerAccepted } from './accepted.ts'

const schema = {
  tags: ['Jobs'],
  summary: 'Request a job',
  description:
    'Send the files with it as a form, or name completed uploads in JSON. `Prefer: wait=N` waits up to N seconds ' +
    'for the outcome. With an `Idempotency-Key` the same request may be repeated and gives one job.',
  params: z.object({ task: z.string() }),
  headers: z.looseObject({
    'idempotency-key': z.string().optional(),
    prefer: z.string().optional(),
  }),
  body: JobBody.nullish(),
  response: answers(
    {
      200: { description: 'The job, finished within the wait or before', schema: JobAnswer },
      202: { description: 'The job, accepted', schema: JobAnswer },
    },
    [
      'unknown_task',
      'missing_file',
      'too_many_files',
      'empty_file',
      'not_a_pdf',
      'too_large',
      'invalid_options',
      'broken_upload',
      'upload_timeout',
      'unsupported_media_type',
      'unknown_upload',
      'idempotency_conflict',
      'storage_full',
      'storage_unavailable',
      'events_full',
      'events_unavailable',
    ],
  ),
} as const

export function submit(app: App, context: Context): void {
  app.post(
    '/api/jobs/:task',
    { config: { access: 'submit', bodies: { 'multipart/form-data': JobForm } }, schema },
    async (request, reply) => {
      const task = taskNamed(context, request.params.task)
      const { tenant } = request.caller
      const naming = namingOf(tenant, request.headers['idempotency-key'])
      const submission = openSubmission(context, tenant, naming.jobId(0))
      const data = await receive(context, request, task, submission, request.body).catch(
        async (error: unknown) => {
          await submission.abandon()
          throw error
        },
      )
      const acceptance = await acceptJobs(context, [{ data, submission }], {
        traceparent: request.traceparent,
        unique: naming.key !== undefined,
      })
      return answerAccepted(context, request, reply, acceptance)
    },
  )
}

async function receive(
  context: Context,
  request: FastifyRequest,
  task: Task,
  submission: Submission,
  body: JobBody | null | undefined,
) {
  if (request.isMultipart()) return receiveAsForm(context, request, task, submission)
  const { inputs = [], options = {}, ...rest } = body ?? {}
  checkCount(task, inputs.length, context.config)
  const checked = checkedOptions(task, options)
  const refs = await copyUploads(context, request.caller, task, submission, inputs)
  return requestedData(context, request.caller, task, { ...rest, inputs: refs, options: checked })
}

async function receiveAsForm(context: Context, request: FastifyRequest, task: Task, submission: Submission) {
  const most = Math.min(task.inputs.max, context.config.MAX_FILES)
  const inputs: Awaited<ReturnType<typeof storeFile>>[] = []
  const fields = await receiveForm(context, request, most, async (file) => {
    if (inputs.length >= most) throw new JobFailure('too_many_files', `${task.name} takes ${most}`)
    inputs.push(await storeFile(task, submission, file, request.caller.maxUploadBytes))
  })
  checkCount(task, inputs.length, context.config)
  const { options, ...rest } = splitFields(fields)
  return requestedData(context, request.caller, task, {
    ...rest,
    inputs,
    options: optionsOfForm(task, options),
  })
}

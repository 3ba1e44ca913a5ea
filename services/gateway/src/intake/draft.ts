import { JobFailure, type JobRequestedData } from '@pdf-smaller/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import type { Asked } from '../jobs/accept.ts'
import { checkCount, JobBody, requestedData, splitFields, taskNamed } from './ask.ts'
import { checkedOptions, optionsOfForm } from './options.ts'
import { receiveForm, storeFile } from './receive.ts'
import type { Submission } from './submission.ts'
import { copyUploads } from './uploads.ts'

/** Several jobs as they are asked for in JSON. */
export const BatchBody = z.strictObject({
  jobs: z
    .array(JobBody.extend({ task: z.string() }))
    .min(1)
    .max(1000),
})

/** Opens the submission of the n-th job of a batch. */
export type OpenSubmission = (index: number) => Submission

/** Drafts the jobs of a batch whose files were uploaded before. */
export async function draftNamed(
  context: Context,
  caller: Caller,
  { jobs }: z.infer<typeof BatchBody>,
  open: OpenSubmission,
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

/** Drafts a job for each file of a form. */
export async function draftSent(
  context: Context,
  request: FastifyRequest,
  name: string,
  open: OpenSubmission,
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

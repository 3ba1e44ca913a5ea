import { JobFailure, type ObjectRef } from '@pdf-smaller/contracts'
import { FormFields, type RequestedJob } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import type { Caller } from '../access/caller.ts'
import type { Context } from '../context.ts'
import type { Asked } from '../jobs/accept.ts'
import { faultsOf, WrongInput } from '../problem.ts'
import type { OpenSubmission } from './hand-in.ts'
import { checkedOptions, optionsOfForm } from './options.ts'
import { type FormRequest, receiveForm, storeFile } from './receive.ts'
import { requestedData } from './requested.ts'
import type { Submission } from './submission.ts'
import { checkCount, mostFiles, taskFor } from './task-for.ts'
import { copyUploads } from './uploads.ts'

/**
 * Drafts jobs whose files were uploaded before. Everything is checked before the first file is copied.
 * @throws JobFailure unknown_task, forbidden, missing_file, too_many_files, invalid_options, unknown_upload
 */
export async function draftNamed(
  context: Context,
  caller: Caller,
  jobs: readonly RequestedJob[],
  open: OpenSubmission,
): Promise<Asked[]> {
  const checked = jobs.map(({ task: name, inputs, options, ...about }) => {
    const task = taskFor(context, caller, name)
    checkCount(task, inputs.length, context.config)
    return { about, task, given: inputs, options: checkedOptions(task, options) }
  })
  const drafts: Asked[] = []
  for (const [index, { task, given, about, options }] of checked.entries()) {
    const submission = open(index)
    const inputs = await copyUploads(context, caller, task, submission, given)
    drafts.push({ data: requestedData(context, caller, task, { ...about, inputs, options }), submission })
  }
  return drafts
}

/** What becomes of the files of a form. */
type Arrangement = 'one job of all files' | 'a job for each file'

type Files = { submission: Submission; inputs: ObjectRef[] }

/**
 * Drafts jobs of the files of a form, which are stored as they come in.
 * @throws JobFailure what receiveForm throws; missing_file, too_many_files, invalid_options, invalid_request
 */
export async function draftSent(
  context: Context,
  request: FormRequest,
  task: Task,
  arrangement: Arrangement,
  open: OpenSubmission,
): Promise<Asked[]> {
  const { files, fields } =
    arrangement === 'one job of all files'
      ? await filesOfOne(context, request, task, open)
      : await filesOfEach(context, request, task, open)
  const { options, ...about } = splitFields(fields)
  const checked = optionsOfForm(task, options)
  return files.map(({ submission, inputs }) => ({
    data: requestedData(context, request.caller, task, { ...about, inputs, options: checked }),
    submission,
  }))
}

async function filesOfOne(context: Context, request: FormRequest, task: Task, open: OpenSubmission) {
  const most = mostFiles(task, context.config)
  const { caller } = request
  const one: Files = { submission: open(0), inputs: [] }
  const fields = await receiveForm(context, request, most, async (file) => {
    if (one.inputs.length >= most) throw new JobFailure('too_many_files', `${task.name} takes ${most}`)
    one.inputs.push(await storeFile(task, one.submission, file, caller.maxUploadBytes))
  })
  checkCount(task, one.inputs.length, context.config)
  return { files: [one], fields }
}

async function filesOfEach(context: Context, request: FormRequest, task: Task, open: OpenSubmission) {
  const { MAX_FILES: most } = context.config
  const { caller } = request
  if (task.inputs.min > 1 || task.inputs.max < 1)
    throw new JobFailure(
      'invalid_request',
      `${task.name} takes no single file, so a batch of it has to be sent as JSON`,
    )
  const files: Files[] = []
  const fields = await receiveForm(context, request, most, async (file) => {
    if (files.length >= most) throw new JobFailure('too_many_files', `a batch takes ${most}`)
    const submission = open(files.length)
    const input = await storeFile(task, submission, file, caller.maxUploadBytes)
    files.push({ submission, inputs: [input] })
  })
  if (files.length === 0) throw new JobFailure('missing_file')
  return { files, fields }
}

/** What a form asks for besides files and options. */
function splitFields(fields: Record<string, unknown>) {
  const { tag, startAt, fresh, webhook, ...options } = fields
  const parsed = FormFields.safeParse({ tag, startAt, fresh, webhook })
  if (!parsed.success) throw new WrongInput('invalid_request', faultsOf(parsed.error))
  return { ...parsed.data, options }
}

import { z } from 'zod'
import { JobId } from '../ids.ts'
import { longestWebhookUrl } from '../webhooks.ts'
import { aNamedUpload, aSubmission } from './endings.ts'
import { JobAnswer, SubmissionHeaders } from './job.ts'
import type { Route } from './route.ts'

/** How far ahead a job may be scheduled. */
export const furthestStartDays = 30

/** The name of a task; the documentation knows them all. */
export const TaskName = z.string().describe('The name of a task of `GET /api/tasks`')

/** Options of a task, which the task itself checks; the documentation knows those of all tasks. */
export const Options = z
  .record(z.string(), z.unknown())
  .describe('The options of the task; those that are left out have their defaults')

const Input = z.strictObject({
  upload: JobId.describe('The id of a completed upload'),
  name: z.string().min(1).max(255).optional().describe('The name of the file, where it is to be another'),
})
/** A file of a job that was uploaded before. */
export type Input = z.infer<typeof Input>

const tag = z.string().max(200).optional().describe('A word of your own, to find the job by')
const startAt = z.iso
  .datetime({ offset: true })
  .optional()
  .describe(`The job waits until then; at most ${furthestStartDays} days ahead`)
const webhook = z
  .url()
  .max(longestWebhookUrl)
  .optional()
  .describe(
    "Address that the job's end is sent to, signed with the secret of the webhook without a url; see docs/webhooks.md",
  )
const aboutFresh = 'Make it anew, even where an earlier job had the same files and options'

/** A job as it is asked for in JSON. */
export const JobBody = z.strictObject({
  inputs: z.array(Input).default([]).describe('The files; none for a task that takes none'),
  options: Options.default({}),
  tag,
  startAt,
  fresh: z.boolean().optional().describe(aboutFresh),
  webhook,
})
export type JobBody = z.infer<typeof JobBody>

/** A job of a batch. */
export const RequestedJob = JobBody.extend({ task: TaskName })
export type RequestedJob = z.infer<typeof RequestedJob>

/** Several jobs as they are asked for in JSON. */
export const BatchBody = z.strictObject({ jobs: z.array(RequestedJob).min(1).max(1000) })

/** A job as it is asked for in a form; each option may also be a field of its own. */
export const JobForm = z.object({
  file: z.array(z.file()).describe('The file; several where the task takes several'),
  options: Options.optional(),
  tag,
  startAt,
  fresh: z.enum(['true', 'false']).optional().describe(aboutFresh),
  webhook,
})

/** What a form asks for besides files and options, as it is read. */
export const FormFields = z.strictObject({ tag, startAt, fresh: z.stringbool().optional(), webhook })

const TaskParams = z.object({ task: TaskName })
const forms = { 'multipart/form-data': JobForm }

export const submitJob = {
  id: 'submitJob',
  method: 'POST',
  path: '/api/tasks/:task/jobs',
  access: 'submit',
  tag: 'Jobs',
  summary: 'Request a job',
  description:
    'Send the files with it as a form, or name completed uploads in JSON. `Prefer: wait=N` waits up to N seconds ' +
    'for the outcome. With an `Idempotency-Key` the same request may be repeated and gives one job.',
  params: TaskParams,
  headers: SubmissionHeaders,
  body: JobBody.nullish(),
  bodies: forms,
  answers: {
    200: { description: 'The job, finished within the wait or before', schema: JobAnswer },
    202: { description: 'The job, accepted', schema: JobAnswer },
  },
  bringsWork: true,
  endings: [...aSubmission, ...aNamedUpload],
} as const satisfies Route

const BatchAnswer = z.object({ batchId: JobId, jobs: z.array(JobAnswer) })
/** Jobs that were accepted together. */
export type BatchAnswer = z.infer<typeof BatchAnswer>

const batch = {
  method: 'POST',
  access: 'submit',
  tag: 'Jobs',
  headers: SubmissionHeaders.omit({ prefer: true }),
  answers: { 202: { description: 'All jobs, accepted', schema: BatchAnswer } },
  bringsWork: true,
} as const

export const submitEach = {
  ...batch,
  id: 'submitEach',
  path: '/api/tasks/:task/batch',
  summary: 'Request a job for each file of a form',
  description: 'All of them are accepted, or none. Options, tag and start time hold for every job.',
  params: TaskParams,
  bodies: forms,
  endings: aSubmission,
} as const satisfies Route

export const submitBatch = {
  ...batch,
  id: 'submitBatch',
  path: '/api/jobs',
  summary: 'Request several jobs at once',
  description: 'All of them are accepted, or none. They share a batchId, by which they can be listed.',
  body: BatchBody,
  endings: [...aSubmission, ...aNamedUpload],
} as const satisfies Route

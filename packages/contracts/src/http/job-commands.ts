import { z } from 'zod'
import { FailureCode } from '../failure.ts'
import { JobId } from '../ids.ts'
import { aLookUp, anAppend, anObject, aRepetition } from './endings.ts'
import { Cursor, JobAnswer, jobFilter, JobParams, SubmissionHeaders } from './job.ts'
import type { Route } from './route.ts'

const commanding = { method: 'POST', access: 'submit', tag: 'Jobs' } as const

export const cancelJob = {
  ...commanding,
  id: 'cancelJob',
  path: '/api/jobs/:id/cancel',
  summary: 'Cancel a job',
  description: 'What it has made so far is thrown away. One that has ended stays as it is.',
  params: JobParams,
  body: z.strictObject({ reason: z.string().max(500).optional().describe('Kept with the job') }).nullish(),
  answers: { 200: { description: 'The job, cancelled', schema: JobAnswer } },
  endings: [...aLookUp, ...anAppend, 'already_decided'],
} as const satisfies Route

export const retryJob = {
  ...commanding,
  id: 'retryJob',
  path: '/api/jobs/:id/retry',
  summary: 'Run a finished job again, as a new job',
  description: 'With the same files and options; the job that was there stays as it is.',
  params: JobParams,
  headers: SubmissionHeaders,
  answers: {
    200: { description: 'The new job, finished within the wait or before', schema: JobAnswer },
    202: { description: 'The new job, accepted', schema: JobAnswer },
  },
  bringsWork: true,
  endings: [...aLookUp, 'not_finished', ...aRepetition, 'idempotency_conflict'],
} as const satisfies Route

/** How a job is to be run once more. */
export const ReplayBody = z.strictObject({
  engine: z.string().max(64).optional().describe('The option `engine` of the task'),
  model: z
    .string()
    .max(200)
    .nullable()
    .optional()
    .describe('The option `model`; null takes the configured one'),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Options that are to be others; null takes the default, and the rest stays as it was'),
  tag: z.string().max(200).optional().describe('A word of your own; without it that of the job'),
})
export type ReplayBody = z.output<typeof ReplayBody>

export const replayJob = {
  ...commanding,
  id: 'replayJob',
  path: '/api/jobs/:id/replay',
  summary: 'Run a finished job once more in another way, as a new job',
  description:
    'With the same files, and another engine, model or other options. The new job names the first as `replayOf`, and ' +
    '`GET /api/jobs/{id}/comparison` of it compares what both have extracted. The job that was there stays as it is.',
  params: JobParams,
  headers: SubmissionHeaders,
  body: ReplayBody.nullish(),
  answers: retryJob.answers,
  bringsWork: true,
  endings: [...retryJob.endings, 'unknown_task', 'invalid_options'],
} as const satisfies Route

/** What an erasure did. */
export const Erasure = z.object({
  jobId: z.string(),
  erased: z.enum(['files', 'files and record']),
  /** Files that were there, and their bytes. */
  files: z.int(),
  bytes: z.int(),
  at: z.string(),
  by: z.string(),
})
export type Erasure = z.infer<typeof Erasure>

export const eraseJob = {
  ...commanding,
  id: 'eraseJob',
  method: 'DELETE',
  path: '/api/jobs/:id',
  summary: 'Delete the files of a finished job now, and its record on request',
  description: 'Without being asked, the service does so when the time is over for which they are kept.',
  params: JobParams,
  querystring: z.strictObject({
    record: z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true')
      .describe('Remove the record, too: the job is then unknown, and its id is never used again'),
  }),
  answers: { 200: { description: 'What was deleted', schema: Erasure } },
  endings: [...aLookUp, 'not_finished', ...anObject, ...anAppend],
} as const satisfies Route

/** Why a job is not run again: its files are gone, it was run again before, or the caller may not run its task. */
const Skipped = z.enum(['files are gone', 'retried before', 'not allowed'])

/** What became, or would become, of each failed job. */
export const Redrive = z.object({
  /** Nothing was done: `retried` says what would be. */
  dryRun: z.boolean(),
  retried: z.int(),
  skipped: z.int(),
  /** More jobs match than the limit. */
  more: z.boolean(),
  /** Send it as `cursor`, with the same filter, for the jobs that are left; absent when there are none. */
  nextCursor: z.string().optional(),
  jobs: z.array(
    z.object({
      id: z.string(),
      task: z.string(),
      code: FailureCode.optional(),
      requestedAt: z.string(),
      failedAt: z.string().optional(),
      /** The job that runs it again. */
      retriedAs: z.string().optional(),
      skipped: Skipped.optional(),
    }),
  ),
})
export type Redrive = z.infer<typeof Redrive>

export const redriveJobs = {
  ...commanding,
  id: 'redriveJobs',
  path: '/api/redrive',
  summary: 'Run failed jobs again, each as a new job',
  description:
    'A failed job is run again once, however often this is asked for; when the new job fails, that can be run again. ' +
    'The new job keeps tag and batch of the failed one.',
  body: z.strictObject({
    code: FailureCode.optional().describe('Only jobs that failed with this code'),
    ...jobFilter,
    batchId: JobId.optional().describe('The batch that they belong to'),
    limit: z.int().min(1).max(200).default(100).describe('The most jobs of one request, the newest first'),
    cursor: Cursor.optional().describe('`nextCursor` of the answer before'),
    dryRun: z.boolean().default(true).describe('Only tell what would be run again; send false to do it'),
  }),
  answers: { 200: { description: 'What became of each', schema: Redrive } },
  bringsWork: true,
  endings: [...aRepetition],
} as const satisfies Route

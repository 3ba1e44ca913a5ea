import { z } from 'zod'
import { eventData, JobEvent } from '../events.ts'
import { FailureCode, keysOf } from '../failure.ts'
import { growing } from '../growing.ts'
import { JobId } from '../ids.ts'
import { JobStatus, JobView } from '../job-view.ts'
import { StatusView } from '../status-view.ts'
import { aLookUp } from './endings.ts'
import { LastEventId } from './event-place.ts'
import { Cursor, JobAnswer, jobFilter, JobParams, WaitingHeaders } from './job.ts'
import type { Route } from './route.ts'
import { streamToken } from './stream-tokens.ts'

const reading = { method: 'GET', access: 'read', tag: 'Jobs' } as const

export const JobPage = z.object({
  jobs: z.array(JobAnswer),
  /** Send it as `cursor` for the next page; absent on the last. */
  nextCursor: z.string().optional(),
})

const JobField = JobAnswer.keyof()
/** Fields of jobs, separated by commas. */
const Fields = z
  .string()
  .max(500)
  .transform((given) => given.split(','))
  .pipe(z.array(JobField).min(1))

export const listJobs = {
  ...reading,
  id: 'listJobs',
  path: '/api/jobs',
  summary: 'Jobs, the newest first',
  description: 'Page by page: `nextCursor` of an answer is the `cursor` of the next request.',
  querystring: z.strictObject({
    status: JobStatus.optional(),
    ...jobFilter,
    batchId: JobId.optional().describe('The batch that they belong to'),
    replayOf: JobId.optional().describe('The job that they replay'),
    code: FailureCode.optional().describe('The code of its failure'),
    fields: Fields.optional().describe('Only these fields of each job, separated by commas: `id,status`'),
    limit: z.coerce.number<string>().int().min(1).max(200).default(50),
    cursor: Cursor.optional().describe('`nextCursor` of the page before'),
  }),
  answers: { 200: { description: 'A page of jobs', schema: JobPage } },
  endings: [],
} as const satisfies Route

export const getJob = {
  ...reading,
  id: 'getJob',
  path: '/api/jobs/:id',
  summary: 'A job',
  description:
    'As it is now, or as it was after any of its events. `Prefer: wait=N` waits up to N seconds for its outcome.',
  params: JobParams,
  headers: WaitingHeaders,
  querystring: z.strictObject({
    asOf: z.coerce
      .number<string>()
      .int()
      .positive()
      .optional()
      .describe('The job as it was when this sequence of the stream was its newest event'),
  }),
  answers: { 200: { description: 'The job', schema: JobAnswer } },
  endings: aLookUp,
} as const satisfies Route

export const getStatus = {
  ...reading,
  id: 'getStatus',
  path: '/api/jobs/:id/status',
  summary: 'The status of a job, in the shape of the predecessor',
  description: 'For clients of the service that this one follows; others find the same in the job.',
  params: JobParams,
  answers: { 200: { description: 'The status', schema: StatusView } },
  endings: aLookUp,
} as const satisfies Route

/** One of the server-sent events of a job, by its fields (WHATWG HTML, section 9.2). */
export const StreamedEvent = z.object({
  id: z.string().optional().describe('The sequence in the stream; without it the event is not repeated'),
  event: growing(
    z.enum([...keysOf(eventData), 'pdfsmaller.job.progressed.v1', 'pdfsmaller.job.forecast.v1']),
  ),
  data: z.string().meta({ contentMediaType: 'application/json' }).describe('The CloudEvent, or the forecast'),
})
export type StreamedEvent = z.infer<typeof StreamedEvent>

export const followJob = {
  ...reading,
  id: 'followJob',
  path: '/api/jobs/:id/events',
  summary: 'The events of a job as they happen',
  description:
    'Server-sent events: `id` is the sequence in the stream, `event` the type, `data` the CloudEvent. After a lost ' +
    'connection `Last-Event-ID` goes on where it broke off. Progress and forecasts have no id and are not repeated. ' +
    'The stream ends after the outcome; asked again behind it, the answer is 204 and a browser stays away.',
  params: JobParams,
  querystring: z.strictObject({ token: streamToken }),
  takesToken: true,
  headers: z.looseObject({
    'last-event-id': LastEventId.optional().describe('The sequence of the last event that was seen'),
  }),
  answers: {
    200: { description: 'Server-sent events', schema: StreamedEvent, contentType: 'text/event-stream' },
    204: { description: 'There is nothing more to come' },
  },
  endings: aLookUp,
} as const satisfies Route

export const History = z.object({
  jobId: z.string(),
  events: z.array(z.object({ sequence: z.int().positive(), event: JobEvent })),
})

export const getHistory = {
  ...reading,
  id: 'getHistory',
  path: '/api/jobs/:id/history',
  summary: 'All events of a job, the oldest first',
  description: 'The facts that everything else about the job is derived from, as CloudEvents.',
  params: JobParams,
  answers: { 200: { description: 'The events with their sequences in the stream', schema: History } },
  endings: aLookUp,
} as const satisfies Route

const File = z.object({ name: z.string(), size: z.int(), sha256: z.string(), contentType: z.string() })

/** What was done with which files, by what, and how long they are kept. */
export const Receipt = JobView.pick({
  task: true,
  status: true,
  requester: true,
  tag: true,
  retryOf: true,
  replayOf: true,
  corrections: true,
  requestedAt: true,
  startedAt: true,
  finishedAt: true,
  /** Attempts made, and retries that were due to failures. */
  attempt: true,
  retries: true,
  worker: true,
  options: true,
  measures: true,
  reusedFrom: true,
  engines: true,
  failure: true,
  cancelled: true,
}).extend({
  jobId: z.string(),
  inputs: z.array(File),
  outputs: z.array(File),
  files: z.object({
    /** When they are deleted at the latest cleanup after this time; absent once they are gone. */
    keptUntil: z.string().optional(),
    deletedAt: z.string().optional(),
    because: z.string().optional(),
  }),
})
export type Receipt = z.infer<typeof Receipt>

export const getReceipt = {
  ...reading,
  id: 'getReceipt',
  path: '/api/jobs/:id/receipt',
  summary: 'What a finished job did, and what becomes of its files',
  description:
    'Options, engines, measures, and the hashes of all files, for those who have to account for them.',
  params: JobParams,
  answers: { 200: { description: 'The receipt', schema: Receipt } },
  endings: [...aLookUp, 'not_finished'],
} as const satisfies Route

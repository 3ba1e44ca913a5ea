import { z } from 'zod'
import { JobView } from '../job-view.ts'

const Links = z.object({
  self: z.string(),
  status: z.string(),
  events: z.string(),
  history: z.string(),
  /** The first output, once the job is done; only while there is one. */
  result: z.string().optional(),
  /** The outputs, in their order; of a running job those that it has stored already. */
  files: z.array(z.string()).optional(),
  cancel: z.string().optional(),
  retry: z.string().optional(),
  replay: z.string().optional(),
  /** Of a job that has extracted something, while its files are there. */
  extraction: z.string().optional(),
  corrections: z.string().optional(),
  /** Of a replay that is done: how it compares with the job that it replays. */
  comparison: z.string().optional(),
})

/** A job as the API tells of it: its view, and where to go on. */
export const JobAnswer = JobView.extend({ links: Links })
export type JobAnswer = z.infer<typeof JobAnswer>

export const JobParams = z.object({ id: z.string().describe('The id of the job') })

/** A time of a request, in any offset; in UTC once it is read. */
export const Time = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString())

/** Where a page begins; what it holds is the service's own matter. */
export const Cursor = z.string().max(100)

/** What jobs are picked by, beside their status. */
export const jobFilter = {
  task: z.string().optional().describe('The name of their task'),
  tag: z.string().optional().describe('The tag that they were requested with'),
  requestedAfter: Time.optional().describe('Requested at this time or later'),
  requestedBefore: Time.optional().describe('Requested before this time'),
} as const

const prefer = z
  .string()
  .optional()
  .describe('`wait=N` waits up to N seconds, at most 60, for the outcome (RFC 7240)')

/** Headers of requests that may wait for a job. */
export const WaitingHeaders = z.looseObject({ prefer })

/** Headers of requests that make jobs. */
export const SubmissionHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe(
      '1 to 255 visible ASCII characters; the same request under the same key gives the same jobs, and is answered with `Idempotent-Replayed: true`',
    ),
  prefer,
})

import { z } from 'zod'
import { JobLimits, Measures, Progress } from './events.ts'
import { Failure } from './failure.ts'
import { JobId, Tenant } from './ids.ts'
import { ObjectRef } from './object-ref.ts'

export const JobStatus = z.enum([
  'scheduled',
  'queued',
  'running',
  'retrying',
  'completed',
  'failed',
  'cancelled',
])
export type JobStatus = z.infer<typeof JobStatus>

const timestamp = z.iso.datetime()

/** A job as the fold of its events. */
export const JobView = z.object({
  id: JobId,
  tenant: Tenant,
  domain: z.string(),
  task: z.string(),
  status: JobStatus,
  /** The attempt that runs, or ran last; 0 before the first. */
  attempt: z.int().nonnegative(),
  /** Retries used up, out of `limits.retries`. */
  retries: z.int().nonnegative(),
  /** Starts that had no end, as their workers were lost; absent where there are none. */
  lost: z.int().positive().optional(),
  limits: JobLimits,
  requestedAt: timestamp,
  startAt: timestamp.optional(),
  startedAt: timestamp.optional(),
  finishedAt: timestamp.optional(),
  /** The sequence of the event that put the job into the queue; absent while it waits for a time. */
  queuedBy: z.int().positive().optional(),
  /** When it was last put into the queue. */
  queuedAt: timestamp.optional(),
  /** When a scheduled or retrying job goes on. */
  nextAttemptAt: timestamp.optional(),
  worker: z.string().optional(),
  requester: z.string(),
  tag: z.string().optional(),
  webhook: z.string().optional(),
  batchId: JobId.optional(),
  retryOf: JobId.optional(),
  replayOf: JobId.optional(),
  fresh: z.literal(true).optional(),
  fingerprint: z.string().optional(),
  inputs: z.array(ObjectRef),
  options: z.record(z.string(), z.unknown()),
  outputs: z.array(ObjectRef),
  result: z.record(z.string(), z.unknown()).optional(),
  measures: Measures.optional(),
  reusedFrom: JobId.optional(),
  /** The versions of the engines that ran in the attempt that completed it. */
  engines: z.record(z.string(), z.string()).optional(),
  /** The newest failure: of the job, or of the attempt that is tried again. */
  failure: Failure.optional(),
  /** How often a person has corrected a field of what was extracted; absent where nobody did. */
  corrections: z.int().positive().optional(),
  cancelled: z.object({ by: z.string(), reason: z.string() }).optional(),
  expired: z.object({ at: timestamp, files: z.int(), bytes: z.int(), reason: z.string() }).optional(),
  traceparent: z.string().optional(),
  correlationId: z.string(),
  /** The stream sequence of the newest event folded in. */
  revision: z.int().nonnegative(),
  progress: Progress.optional(),
})
export type JobView = z.infer<typeof JobView>

import { z } from 'zod'
import { Failure } from './failure.ts'
import { JobId } from './ids.ts'

/** The words of the predecessor's API for the state of a job. */
export const TaskState = z.enum(['pending', 'processing', 'retry', 'completed', 'failed', 'cancelled'])
export type TaskState = z.infer<typeof TaskState>

/** When a job is expected to start, or did, and to end; by the run times of earlier jobs of the task and the queue before it. */
export const Forecast = z.object({ startsAt: z.string(), endsAt: z.string() })
export type Forecast = z.infer<typeof Forecast>

/** A job's status in the predecessor's shape, for clients that know it. */
export const StatusView = z.object({
  job_id: JobId,
  task_type: z.string(),
  status: TaskState,
  progress: z.object({
    percentage: z.number(),
    stage: z.string(),
    current: z.number(),
    total: z.number(),
    message: z.string(),
  }),
  meta: z.object({
    attempt: z.int(),
    retries: z.int(),
    max_retries: z.int(),
    next_attempt_at: z.string().nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    completed_at: z.string().nullable(),
    /** Expected by earlier jobs; null without enough of them, and once the job has ended. */
    estimated_start_at: z.string().nullable(),
    estimated_end_at: z.string().nullable(),
    files_expired: z.boolean(),
  }),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: Failure.nullable(),
})
export type StatusView = z.infer<typeof StatusView>

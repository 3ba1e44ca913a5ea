import {
  type BatchBody,
  type Erasure,
  eraseJob,
  getHealth,
  getReceipt,
  type Receipt,
  type Redrive,
  redriveJobs,
  submitBatch,
  type SystemHealth,
} from '@pdf-smaller/contracts/http'
import type { z } from 'zod'
import type { Batch } from './answers.ts'
import type { Http } from './http.ts'

/** Which failed jobs are to be run again. Without `dryRun: false` nothing is done. */
export type RedriveOptions = z.input<typeof redriveJobs.body>

/** What is asked for less often, and what looks after the whole. */
export type Operations = {
  /** Requests jobs on files that were sent before: all of them or none. */
  submitJobs: (
    jobs: z.input<typeof BatchBody>['jobs'],
    options?: { idempotencyKey?: string; signal?: AbortSignal },
  ) => Promise<Batch>
  /** Deletes the files of an ended job, and its record where that is asked for. */
  erase: (jobId: string, options?: { record?: boolean }) => Promise<Erasure>
  /** What an ended job did with which files, and how long they are kept. */
  receipt: (jobId: string) => Promise<Receipt>
  /** Runs failed jobs again, each as a new job, or tells which. */
  redrive: (options?: RedriveOptions) => Promise<Redrive>
  /** How the whole system is, part by part. */
  health: () => Promise<SystemHealth>
}

export function operations({ read }: Http): Operations {
  return {
    submitJobs: (jobs, { idempotencyKey, signal } = {}) =>
      read(submitBatch, {
        json: { jobs },
        signal,
        headers: idempotencyKey ? { 'idempotency-key': idempotencyKey } : {},
      }),
    erase: (id, { record = false } = {}) =>
      read(eraseJob, { params: { id }, query: { record: String(record) } }),
    receipt: (id) => read(getReceipt, { params: { id } }),
    redrive: (json = {}) => read(redriveJobs, { json }),
    health: () => read(getHealth, {}),
  }
}

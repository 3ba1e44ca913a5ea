import type { JobView } from '@pdf-smaller/contracts'
import { isDecided } from './evolve.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long files are kept. */
export const retention = {
  /** Days after the outcome. */
  completedDays: 7,
  failedDays: 30,
  cancelledDays: 30,
  /** Hours that nobody wrote to a temporary file or folder. No attempt runs for so long. */
  temporaryHours: 2,
  /** Log files are compressed, and later deleted. */
  logPlainDays: 7,
  logDays: 90,
  /** Hours that a file without a job may stand in the object store. */
  orphanHours: 24,
  /** Days that records of the system's own periodic jobs are kept; those of all others stay as long as the stream keeps them. */
  systemRecordDays: 7,
} as const

/** Days that the files of a job are kept after its outcome. */
export type RetentionPolicy = { completedDays: number; failedDays: number; cancelledDays: number }

/** What of a job decides about its files. */
export type Retained = Pick<JobView, 'status' | 'finishedAt'> & { expired?: unknown }

/** When the files of a job are due to go; undefined while it is not decided, and once they have gone. */
export function filesGoAt(job: Retained, policy: RetentionPolicy): Date | undefined {
  if (job.expired || !job.finishedAt || !isDecided(job)) return undefined
  return new Date(Date.parse(job.finishedAt) + daysOf(job.status, policy) * dayMs)
}

/** Whether the time of a job's files is over. */
export function isOverdue(job: Retained, policy: RetentionPolicy, now: Date): boolean {
  const at = filesGoAt(job, policy)
  return at !== undefined && at <= now
}

function daysOf(status: JobView['status'], policy: RetentionPolicy): number {
  if (status === 'completed') return policy.completedDays
  return status === 'failed' ? policy.failedDays : policy.cancelledDays
}

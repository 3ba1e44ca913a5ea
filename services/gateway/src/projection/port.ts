import type {
  FailureCode,
  Forecast,
  JobEvent,
  JobProgressed,
  JobStatus,
  JobView,
} from '@pdf-smaller/contracts'
import type { Recent } from '../feed/recent.ts'
import type { ForecastErrors } from './forecast-errors.ts'
import type { Usage } from './usage.ts'

/** What a list of jobs is narrowed to. */
export type JobFilter = {
  status?: JobStatus | undefined
  task?: string | undefined
  tag?: string | undefined
  batchId?: string | undefined
  replayOf?: string | undefined
  /** Only jobs of which a person has corrected something, the oldest first. */
  corrected?: true | undefined
  /** The code of the failure that it ended with, or that it is tried again after. */
  code?: FailureCode | undefined
  /** ISO times; `after` inclusive, `before` exclusive, of the request. */
  requestedAfter?: string | undefined
  requestedBefore?: string | undefined
}

/** Newest first, unless the filter says otherwise. `cursor` is the sequence of the request event of the last job of the page before. */
export type Page = { jobs: JobView[]; nextCursor?: number }

/** Jobs that were requested within a time, by their state and by the code of their failure. */
export type Counts = {
  statuses: Partial<Record<JobStatus, number>>
  codes: Partial<Record<FailureCode, number>>
}

/**
 * What a follower of one job is told: stored events with their sequence, and progress; at last, where that comes to be so,
 * that its state is known to a newer release alone.
 */
export type JobNews =
  | { kind: 'event'; sequence: number; event: JobEvent; job: JobView }
  | { kind: 'progress'; event: JobProgressed; job: JobView }
  | { kind: 'newer' }

/** All jobs as the fold of their events; private to one gateway, rebuilt from the stream at any time. */
export type JobProjection = {
  /** The newest state of a job, its progress included; undefined also where only a newer release knows it. */
  get: (jobId: string) => JobView | undefined
  /** Whose a job is that a newer release has stored something of, and what. */
  leftToNewer: (jobId: string) => { tenant: string; unknown: string } | undefined
  /** When a job that waits or runs is expected to start and to end. */
  forecast: (job: JobView, now: Date) => Forecast | undefined
  forecastErrors: () => ForecastErrors
  list: (tenant: string, filter: JobFilter, limit: number, cursor?: number) => Page
  /** `from` inclusive, `until` exclusive, ISO times of the request. */
  counts: (tenant: string, from: string, until: string) => Counts
  /** Those who have jobs here. */
  tenants: () => string[]
  /** The sequences of all events of a job, oldest first. */
  sequences: (jobId: string) => number[]
  /** The sequence of the newest event applied. */
  position: () => number
  /** Whether the projection has seen everything that was stored when it was opened. */
  caughtUp: () => boolean
  /** Resolves when everything up to a sequence is applied. Rejects with StoreUnavailable. */
  reached: (sequence: number, patienceMs: number) => Promise<void>
  /** Calls back with what happens to one job from now on, until the returned function is called. */
  watch: (jobId: string, listener: (news: JobNews) => void) => () => void
  /** The newest events of all jobs, for those who follow them all. */
  recent: Recent
  /** What a tenant has here by the events that were applied. */
  usage: (tenant: string) => Usage
  close: () => Promise<void>
}

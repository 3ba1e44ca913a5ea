import type { Failure as FailureContract, JobStatus as Status, ObjectRef } from '@pdf-smaller/contracts'
import type { JobAnswer } from '@pdf-smaller/contracts/http'
import { partOf, z } from './parts.ts'

/** A file of a job. */
export const File = partOf<ObjectRef>()(
  z.object({
    key: z.string(),
    name: z.string(),
    size: z.number(),
    sha256: z.string(),
    contentType: z.string(),
    part: z.optional(z.literal(true)),
  }),
)
export type File = z.output<typeof File>

export const Failure = partOf<FailureContract>()(
  z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }),
)
export type Failure = z.output<typeof Failure>

const states = [
  'scheduled',
  'queued',
  'running',
  'retrying',
  'completed',
  'failed',
  'cancelled',
] as const satisfies Status[]
export const JobStatus = z.enum(states)
export type JobStatus = z.output<typeof JobStatus>

export const Progress = z.object({
  attempt: z.number(),
  percentage: z.number(),
  stage: z.string(),
  current: z.number(),
  total: z.number(),
  message: z.string(),
})
export type Progress = z.output<typeof Progress>

/** What lists show of a job. */
const listed = {
  id: z.string(),
  domain: z.string(),
  task: z.string(),
  status: JobStatus,
  attempt: z.number(),
  retries: z.number(),
  limits: z.object({ retries: z.number() }),
  requestedAt: z.string(),
  startedAt: z.optional(z.string()),
  finishedAt: z.optional(z.string()),
  nextAttemptAt: z.optional(z.string()),
  tag: z.optional(z.string()),
  batchId: z.optional(z.string()),
  retryOf: z.optional(z.string()),
  replayOf: z.optional(z.string()),
  inputs: z.array(File),
  outputs: z.array(File),
  failure: z.optional(Failure),
  expired: z.optional(z.object({ at: z.string() })),
  reusedFrom: z.optional(z.string()),
  progress: z.optional(Progress),
  revision: z.number(),
} as const

/** A job as lists show it. */
export const ListedJob = partOf<JobAnswer>()(z.object(listed))
export type ListedJob = z.output<typeof ListedJob>

/** The fields that are asked for in lists. */
export const listedFields = Object.keys(listed).join(',')

/** A job as its own page shows it. */
export const Job = partOf<JobAnswer>()(
  z.object({
    ...listed,
    options: z.record(z.string(), z.unknown()),
    result: z.optional(z.record(z.string(), z.unknown())),
    corrections: z.optional(z.number()),
    links: z.object({
      self: z.string(),
      result: z.optional(z.string()),
      files: z.optional(z.array(z.string())),
      extraction: z.optional(z.string()),
      comparison: z.optional(z.string()),
    }),
  }),
)
export type Job = z.output<typeof Job>

export const JobPage = z.object({ jobs: z.array(ListedJob), nextCursor: z.optional(z.string()) })

import { z } from 'zod'
import { FieldPath } from './extraction/checks.ts'
import { envelope, timestamp } from './envelope.ts'
import { Failure } from './failure.ts'
import { growing } from './growing.ts'
import { JobId, Tenant, Token } from './ids.ts'
import { ObjectRef } from './object-ref.ts'
import { schemaUri } from './schema-uri.ts'
import type { Tick } from './tick.ts'
import { WebhookDisabled } from './webhook-disabled.ts'

/** How long a job may take and how often it is tried again. */
export const JobLimits = z.object({
  retries: z.int().nonnegative(),
  /** After so many seconds the attempt is asked to stop; it fails with task_timeout. */
  softSeconds: z.int().positive(),
  /** After so many seconds its processes are killed. */
  hardSeconds: z.int().positive(),
})
export type JobLimits = z.infer<typeof JobLimits>

/** What an attempt took: times in milliseconds, sizes in bytes. */
export const Measures = z.object({
  queuedMs: z.number().nonnegative(),
  /** The whole attempt: fetching, task and storing. */
  runMs: z.number().nonnegative(),
  /** The task alone. */
  taskMs: z.number().nonnegative(),
  /** All engine processes, added up. */
  engineMs: z.number().nonnegative(),
  enginePeakBytes: z.int().nonnegative(),
  /** Most resident memory of the task's process together with its engines; absent for tasks without one of their own. */
  peakBytes: z.int().nonnegative().optional(),
  bytesIn: z.int().nonnegative(),
  bytesOut: z.int().nonnegative(),
  /** Those that the task worked on, where it told of them. */
  pages: z.int().nonnegative().optional(),
})
export type Measures = z.infer<typeof Measures>

const attempt = z.int().positive()

export const JobRequestedData = z.object({
  tenant: Tenant,
  domain: Token,
  task: Token,
  inputs: z.array(ObjectRef),
  options: z.record(z.string(), z.unknown()),
  /** The id of the API key, never the key. */
  requester: z.string().max(64),
  limits: JobLimits,
  tag: z.string().max(200).optional(),
  webhook: z.url().optional(),
  batchId: JobId.optional(),
  retryOf: JobId.optional(),
  /** The job of the same task whose files this one reads in another way. */
  replayOf: JobId.optional(),
  /** The job waits until then; its first attempt is the due event of that time. */
  startAt: timestamp.optional(),
  /** Made anew, even where an earlier job had the same result. */
  fresh: z.literal(true).optional(),
  /** SHA-256 of what was asked for, to tell a repeated request from another one under the same idempotency key. */
  fingerprint: z.string().optional(),
})
export type JobRequestedData = z.infer<typeof JobRequestedData>

/** The data of each fact about a job, by the type of its event. */
export const eventData = {
  'pdfsmaller.job.requested.v1': JobRequestedData,
  'pdfsmaller.job.started.v1': z.object({
    attempt,
    retries: z.int().nonnegative(),
    worker: z.string(),
    /** Earlier starts that had no end: their workers were lost. */
    lost: z.int().nonnegative().default(0),
  }),
  'pdfsmaller.job.retry-scheduled.v1': z.object({
    attempt,
    /** Retries used up so far, this one included; a handed-back attempt uses none. */
    retries: z.int().nonnegative(),
    failure: Failure,
    delayMs: z.int().nonnegative(),
    nextAttemptAt: timestamp,
  }),
  'pdfsmaller.job.attempt-due.v1': z.object({ attempt }),
  'pdfsmaller.job.completed.v1': z.object({
    attempt,
    outputs: z.array(ObjectRef),
    result: z.record(z.string(), z.unknown()),
    measures: Measures,
    /** The earlier job with the same files and options whose result this is. */
    reusedFrom: JobId.optional(),
    /** The versions of the engines that ran. */
    engines: z.record(z.string(), z.string()).optional(),
  }),
  'pdfsmaller.job.failed.v1': z.object({ attempt: z.int().nonnegative(), failure: Failure }),
  'pdfsmaller.job.cancelled.v1': z.object({ by: z.string().max(64), reason: z.string().max(500) }),
  /** A person says what a field of the job's extraction should be; the outcome stays as it is. */
  'pdfsmaller.job.corrected.v1': z.object({
    /** Of the job's corrections this is the n-th, from 1. */
    number: z.int().positive(),
    /** The document of the extraction, from 0, and the field below it: `invoice.totals.gross`. */
    document: z.int().nonnegative(),
    field: FieldPath,
    by: z.string().max(64),
    /** The file of the job that holds the old and the new value; no value stands here. */
    object: ObjectRef,
  }),
  'pdfsmaller.job.expired.v1': z.object({
    files: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    reason: z.string().max(500),
  }),
  /** The record of the job is gone, too; this is all that is left of it. */
  'pdfsmaller.job.erased.v1': z.object({ by: z.string().max(64) }),
} as const

export type JobEventType = keyof typeof eventData

const event = <T extends JobEventType>(type: T) =>
  envelope.extend({ type: z.literal(type), data: eventData[type] })

/** Every fact about a job, as a CloudEvent 1.0 in structured JSON. */
export const JobEvent = growing(
  z.discriminatedUnion('type', [
    event('pdfsmaller.job.requested.v1'),
    event('pdfsmaller.job.started.v1'),
    event('pdfsmaller.job.retry-scheduled.v1'),
    event('pdfsmaller.job.attempt-due.v1'),
    event('pdfsmaller.job.completed.v1'),
    event('pdfsmaller.job.failed.v1'),
    event('pdfsmaller.job.cancelled.v1'),
    event('pdfsmaller.job.corrected.v1'),
    event('pdfsmaller.job.expired.v1'),
    event('pdfsmaller.job.erased.v1'),
  ]),
)
export type JobEvent = z.infer<typeof JobEvent>
export type JobEventData<T extends JobEventType> = z.infer<(typeof eventData)[T]>

/** A fact before it is put into its envelope. */
export type JobFact = { [T in JobEventType]: { type: T; data: JobEventData<T> } }[JobEventType]

/** The last token of the subject of each event. */
export const phaseOf = {
  'pdfsmaller.job.requested.v1': 'requested',
  'pdfsmaller.job.started.v1': 'started',
  'pdfsmaller.job.retry-scheduled.v1': 'retry',
  'pdfsmaller.job.attempt-due.v1': 'due',
  'pdfsmaller.job.completed.v1': 'outcome',
  'pdfsmaller.job.failed.v1': 'outcome',
  'pdfsmaller.job.cancelled.v1': 'outcome',
  'pdfsmaller.job.corrected.v1': 'corrected',
  'pdfsmaller.job.expired.v1': 'expired',
  'pdfsmaller.job.erased.v1': 'erased',
} as const satisfies Record<JobEventType, string>

/** How far a running attempt is. Lives in a stream of its own, newest per job. */
export const Progress = z.object({
  attempt,
  /** 0 to 100 over all stages; never goes back within an attempt. */
  percentage: z.number().min(0).max(100),
  stage: z.string(),
  /** Steps done and to be done within the stage (pages, passes or bytes). */
  current: z.number().nonnegative(),
  total: z.number().nonnegative(),
  message: z.string().max(300),
  /** Those that the task works on; absent until they are known. */
  pages: z.int().nonnegative().optional(),
  /** Outputs that can be fetched already; they are removed if the attempt fails. */
  outputs: z.array(ObjectRef).optional(),
})
export type Progress = z.infer<typeof Progress>

export const JobProgressed = envelope.extend({
  type: z.literal('pdfsmaller.job.progressed.v1'),
  data: Progress,
})
export type JobProgressed = z.infer<typeof JobProgressed>

/** The dead man's switch of an upload has fired: its files belong to no job and are to be deleted. */
export const UploadAbandoned = envelope.extend({
  type: z.literal('pdfsmaller.upload.abandoned.v1'),
  data: z.object({
    tenant: Tenant,
    /** Everything under it was stored for one submission. */
    prefix: z.string(),
    /** Multipart uploads of an S3 store that were under way. */
    multipart: z.array(z.object({ key: z.string(), uploadId: z.string() })),
  }),
})
export type UploadAbandoned = z.infer<typeof UploadAbandoned>

/** Every event that this release stores in the stream of jobs. */
export const KnownEvent = z.discriminatedUnion('type', [
  ...JobEvent.options,
  UploadAbandoned,
  WebhookDisabled,
])
export type KnownEvent = z.infer<typeof KnownEvent>

/** What a newer release has stored: it is kept, and passed over by whoever reads. Nothing is decided on what it belongs to. */
export type NewerEvent = {
  type: 'newer'
  id: string
  /** The job's id, as of any event. */
  subject: string
  time: string
  /** The type that this release does not know, or the type with the value in it that it does not know. */
  unknown: string
}

/** Everything that stands in the stream of jobs. */
export type StoredEvent = KnownEvent | NewerEvent | Tick

/** Whether a stored event is a fact about a job. */
export function isJobEvent(event: StoredEvent): event is JobEvent {
  return event.type in phaseOf
}

/** The content type of messages that are events: CloudEvents 1.0 in structured mode (NATS protocol binding, section 3.2). */
export const eventContentType = 'application/cloudevents+json'

/** What an envelope needs besides the fact; ids and the clock come from outside. */
export type Envelope = {
  id: string
  source: string
  jobId: string
  time: Date
  correlationId?: string | undefined
  causationId?: string | undefined
  traceparent?: string | undefined
}

/** Puts a fact, or progress, into its CloudEvents envelope. */
export function cloudEvent<F extends { type: string; data: unknown }>(fact: F, around: Envelope) {
  return {
    specversion: '1.0' as const,
    id: around.id,
    source: around.source,
    type: fact.type as F['type'],
    subject: around.jobId,
    time: around.time.toISOString(),
    datacontenttype: 'application/json' as const,
    dataschema: schemaUri('data', fact.type),
    correlationid: around.correlationId ?? around.jobId,
    ...(around.causationId ? { causationid: around.causationId } : {}),
    ...(around.traceparent ? { traceparent: around.traceparent } : {}),
    data: fact.data as F['data'],
  }
}

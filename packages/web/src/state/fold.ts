import type { JobEventData } from '@pdf-smaller/contracts'
import type { Told } from '../api/feed-event.ts'
import { Failure, File, type ListedJob, Progress } from '../api/job.ts'
import { partOf, z } from '../api/parts.ts'

const Requested = partOf<JobEventData<'pdfsmaller.job.requested.v1'>>()(
  z.object({
    domain: z.string(),
    task: z.string(),
    inputs: z.array(File),
    limits: z.object({ retries: z.number() }),
    tag: z.optional(z.string()),
    batchId: z.optional(z.string()),
    retryOf: z.optional(z.string()),
    replayOf: z.optional(z.string()),
    startAt: z.optional(z.string()),
  }),
)
const Started = partOf<JobEventData<'pdfsmaller.job.started.v1'>>()(
  z.object({ attempt: z.number(), retries: z.number() }),
)
const RetryScheduled = partOf<JobEventData<'pdfsmaller.job.retry-scheduled.v1'>>()(
  z.object({ attempt: z.number(), retries: z.number(), failure: Failure, nextAttemptAt: z.string() }),
)
const Completed = partOf<JobEventData<'pdfsmaller.job.completed.v1'>>()(
  z.object({ attempt: z.number(), outputs: z.array(File), reusedFrom: z.optional(z.string()) }),
)
const Failed = partOf<JobEventData<'pdfsmaller.job.failed.v1'>>()(z.object({ failure: Failure }))

/** What became of a job by an event that the feed has told; `erased` where nothing is left of it. */
export type Folded = ListedJob | 'erased' | undefined

/**
 * A job as lists show it, one event on. What a job already knows does not change it, so events and answers may come in any
 * order; of a job that is not known only its request says enough.
 */
export function foldEvent(job: ListedJob | undefined, { sequence, event }: Told): Folded {
  if (sequence === undefined) return job && withProgress(job, event.data)
  if (job && sequence <= job.revision) return job
  if (event.type === 'pdfsmaller.job.erased.v1') return 'erased'
  if (event.type === 'pdfsmaller.job.requested.v1') return requested(sequence, event)
  if (!job) return undefined
  return { ...job, ...changes(event), revision: sequence }
}

function requested(sequence: number, { subject, time, data }: Told['event']): ListedJob | undefined {
  const parsed = Requested.safeParse(data)
  if (!parsed.success) return undefined
  const { startAt, ...rest } = parsed.data
  return {
    ...rest,
    id: subject,
    status: startAt ? 'scheduled' : 'queued',
    attempt: 0,
    retries: 0,
    requestedAt: time,
    nextAttemptAt: startAt,
    outputs: [],
    revision: sequence,
  }
}

/** Of an event that cannot be read nothing follows but its place: the answer of the service will say more. */
function changes({ type, time, data }: Told['event']): Partial<ListedJob> {
  switch (type) {
    case 'pdfsmaller.job.started.v1': {
      const started = Started.safeParse(data).data
      return { status: 'running', startedAt: time, progress: undefined, nextAttemptAt: undefined, ...started }
    }
    case 'pdfsmaller.job.retry-scheduled.v1':
      return { status: 'retrying', progress: undefined, ...RetryScheduled.safeParse(data).data }
    case 'pdfsmaller.job.attempt-due.v1':
      return { status: 'queued', nextAttemptAt: undefined }
    case 'pdfsmaller.job.completed.v1': {
      const completed = Completed.safeParse(data).data
      return { status: 'completed', finishedAt: time, progress: undefined, failure: undefined, ...completed }
    }
    case 'pdfsmaller.job.failed.v1':
      return { status: 'failed', finishedAt: time, progress: undefined, ...Failed.safeParse(data).data }
    case 'pdfsmaller.job.cancelled.v1':
      return { status: 'cancelled', finishedAt: time, progress: undefined }
    case 'pdfsmaller.job.expired.v1':
      return { expired: { at: time } }
    default:
      return {}
  }
}

function withProgress(job: ListedJob, data: Record<string, unknown>): ListedJob {
  const progress = Progress.safeParse(data).data
  if (!progress || job.status !== 'running' || progress.attempt < job.attempt) return job
  return { ...job, progress }
}

type Page = { jobs: readonly ListedJob[]; nextCursor?: string | undefined }

/**
 * The ids of jobs that the newest page would have, were they still there: nobody tells of what was erased while no events
 * arrived. @param known jobs as they were known before the page was asked for
 */
export function goneBehind({ jobs, nextCursor }: Page, known: readonly ListedJob[]): string[] {
  const there = new Set(jobs.map(({ id }) => id))
  const oldest = nextCursor === undefined ? '' : (jobs.at(-1)?.requestedAt ?? '')
  return known.filter(({ id, requestedAt }) => !there.has(id) && requestedAt > oldest).map(({ id }) => id)
}

import type { JobEvent, JobView } from '@pdf-smaller/contracts'

type EventOf<T extends JobEvent['type']> = Extract<JobEvent, { type: T }>

/**
 * Folds one event into a job. `sequence` is the event's place in the stream.
 * Events carry absolute values, so the newest event of each phase, in order, gives the same job as all of them.
 * Events of a job whose request is not known give undefined.
 */
export function evolve(job: JobView | undefined, event: JobEvent, sequence: number): JobView | undefined {
  if (event.type === 'pdfsmaller.job.requested.v1') return requested(event, sequence)
  if (!job) return undefined
  // The server may publish a due event in the moment in which a cancellation ends its schedule.
  if (isDecided(job) && !followsOutcome(event)) return { ...job, revision: sequence }
  return next(job, event, sequence)
}

function next(
  job: JobView,
  event: Exclude<JobEvent, EventOf<'pdfsmaller.job.requested.v1'>>,
  sequence: number,
): JobView {
  switch (event.type) {
    case 'pdfsmaller.job.started.v1':
      return started(job, event, sequence)
    case 'pdfsmaller.job.retry-scheduled.v1':
      return retryScheduled(job, event, sequence)
    case 'pdfsmaller.job.attempt-due.v1':
      return due(job, event, sequence)
    case 'pdfsmaller.job.completed.v1': {
      const { failure: _, nextAttemptAt: __, ...rest } = job
      return { ...rest, ...event.data, status: 'completed', finishedAt: event.time, revision: sequence }
    }
    case 'pdfsmaller.job.failed.v1':
      return {
        ...withoutWait(job),
        ...event.data,
        status: 'failed',
        finishedAt: event.time,
        revision: sequence,
      }
    case 'pdfsmaller.job.cancelled.v1':
      return {
        ...withoutWait(job),
        status: 'cancelled',
        cancelled: event.data,
        finishedAt: event.time,
        revision: sequence,
      }
    case 'pdfsmaller.job.corrected.v1':
      return { ...job, corrections: event.data.number, revision: sequence }
    case 'pdfsmaller.job.expired.v1':
      return { ...job, expired: { at: event.time, ...event.data }, revision: sequence }
    case 'pdfsmaller.job.erased.v1':
      return { ...job, revision: sequence }
    default:
      return event satisfies never
  }
}

function requested(event: EventOf<'pdfsmaller.job.requested.v1'>, sequence: number): JobView {
  const { data } = event
  return {
    ...data,
    id: event.subject,
    attempt: 0,
    retries: 0,
    outputs: [],
    requestedAt: event.time,
    correlationId: event.correlationid,
    revision: sequence,
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    ...(data.startAt
      ? { status: 'scheduled', nextAttemptAt: data.startAt }
      : { status: 'queued', queuedBy: sequence, queuedAt: event.time }),
  }
}

function started(job: JobView, event: EventOf<'pdfsmaller.job.started.v1'>, sequence: number): JobView {
  const { attempt, retries, worker, lost } = event.data
  return {
    ...withoutWait(job),
    status: 'running',
    attempt,
    retries,
    worker,
    ...(lost > 0 ? { lost } : {}),
    startedAt: event.time,
    revision: sequence,
  }
}

function retryScheduled(
  job: JobView,
  event: EventOf<'pdfsmaller.job.retry-scheduled.v1'>,
  sequence: number,
): JobView {
  const { queuedBy: _, ...rest } = job
  const { attempt, retries, failure, nextAttemptAt } = event.data
  return { ...rest, status: 'retrying', attempt, retries, failure, nextAttemptAt, revision: sequence }
}

function due(job: JobView, event: EventOf<'pdfsmaller.job.attempt-due.v1'>, sequence: number): JobView {
  return {
    ...withoutWait(job),
    status: 'queued',
    queuedBy: sequence,
    queuedAt: event.time,
    revision: sequence,
  }
}

function withoutWait(job: JobView): JobView {
  if (!job.nextAttemptAt) return job
  const { nextAttemptAt: _, ...rest } = job
  return rest
}

/** What is still to be told of a job when it is decided. */
function followsOutcome({ type }: JobEvent): boolean {
  return type === 'pdfsmaller.job.expired.v1' || type === 'pdfsmaller.job.corrected.v1'
}

/** A job whose outcome is written; it never changes again, but that its fields are corrected and its files expire. */
export function isDecided(job: Pick<JobView, 'status'>): boolean {
  return job.status === 'completed' || job.status === 'failed' || job.status === 'cancelled'
}

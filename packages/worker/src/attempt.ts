import { type JobAddress, JobFailure, type JobView } from '@pdf-smaller/contracts'
import { type Decision, evolve } from '@pdf-smaller/domain'
import { type Author, entriesOf, type Log, sending } from '@pdf-smaller/platform'
import type { WorkerContext } from './context.ts'
import { type AttemptMeasures, openMeasures } from './measure.ts'
import { type Leash, openLeash } from './time-limit.ts'
import type { AttemptTrace } from './trace.ts'

/** The store may be away for a restart; what happened is worth waiting for it. */
export const patienceMs = 60_000

export type Append = Extract<Decision, { kind: 'append' }>

/** One attempt at a job, from its start to its outcome. */
export type Attempt = {
  worker: WorkerContext
  address: JobAddress
  /** As it was before. */
  job: JobView
  number: number
  log: Log
  leash: Leash
  measures: AttemptMeasures
  trace: AttemptTrace
  /** Resolves with the job when the start is stored. The work begins before, but nothing of it is kept until then. */
  started: Promise<JobView>
  /** Of what it leaves; the outcome does not wait for them. */
  removals: Promise<void>[]
}

/** Begins an attempt; from here on it can be ended from outside, until `endAttempt`. @param start the decision for it */
export function beginAttempt(
  worker: WorkerContext,
  address: JobAddress,
  job: JobView,
  start: Append,
  { log, trace }: Pick<Attempt, 'log' | 'trace'>,
): Attempt {
  const { domain, metrics } = worker
  const number = job.attempt + 1
  const attempt: Attempt = {
    worker,
    address,
    job,
    number,
    log: log.child({ attempt: number }),
    leash: openLeash(job.limits),
    measures: openMeasures(job.queuedAt, metrics),
    trace,
    started: append(worker, address, job, start, trace.traceparent),
    removals: [],
  }
  attempt.started.catch(() => attempt.leash.pull(new JobFailure('job_cancelled')))
  worker.running.set(job.id, attempt)
  metrics.running.inc({ domain })
  metrics.attempts.inc({ domain, task: job.task })
  metrics.jobWait.observe({ domain, task: job.task }, attempt.measures.queuedMs / 1000)
  return attempt
}

/** Lets go of all that an attempt holds. */
export async function endAttempt({ worker, job, leash, trace, removals }: Attempt): Promise<void> {
  trace.end()
  worker.running.delete(job.id)
  worker.metrics.running.dec({ domain: worker.domain })
  leash.release()
  await Promise.all(removals)
}

/** Resolves when what the attempt makes may be kept. Rejects where it counts no more, with what it was ended by. */
export async function mayKeep({ started, leash }: Pick<Attempt, 'started' | 'leash'>): Promise<void> {
  await started
  leash.signal.throwIfAborted()
}

/** Appends without deciding again: a conflict means that the job is not ours to start. @throws Conflict */
export async function append(
  worker: WorkerContext,
  address: JobAddress,
  job: JobView,
  decision: Append,
  traceparent = job.traceparent,
): Promise<JobView> {
  return sending({ traceparent, of: [address] }, async (sent) => {
    const { entries, event } = entriesOf(decision, address, job.revision, authorOf(worker, job, sent))
    const [sequence] = await worker.store.append(entries, { patienceMs })
    return evolve(job, event, sequence) ?? job
  })
}

/** As whom a worker writes about a job. @param traceparent of what it writes about */
export function authorOf(
  { source }: WorkerContext,
  { correlationId }: JobView,
  traceparent: string | undefined,
): Author {
  return { source, correlationId, traceparent }
}

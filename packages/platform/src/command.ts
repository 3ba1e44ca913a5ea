import {
  cloudEvent,
  isJobEvent,
  type JobAddress,
  type JobEvent,
  type JobFact,
  JobFailure,
  jobStream,
  type JobView,
  phaseOf,
  type StoredEvent,
  waitSchedule,
} from '@pdf-smaller/contracts'
import { decide, type Decision, evolve, type JobCommand, type Reason } from '@pdf-smaller/domain'
import { Conflict, type NewEntry } from '@pdf-smaller/eventstore'
import { uuidv7 } from 'uuidv7'
import type { JobStore } from './connect.ts'

/** Who writes, and in what connection. */
export type Author = {
  source: string
  traceparent?: string | undefined
  correlationId?: string | undefined
  causationId?: string | undefined
}

export type CommandResult =
  | { kind: 'appended'; job: JobView; event: JobEvent }
  | { kind: 'nothing'; because: Reason; job: JobView | undefined }

/**
 * A job as far as decisions need it; undefined when there is none.
 * @throws JobFailure newer_release: what this release cannot read may be what counts, so nothing is decided on the rest
 */
export async function loadJob(store: JobStore, address: JobAddress): Promise<JobView | undefined> {
  const { events } = await store.load(jobStream(address))
  let job: JobView | undefined
  for (const { event, sequence } of events) {
    if (event.type === 'newer') throw new JobFailure('newer_release', event.unknown)
    if (isJobEvent(event)) job = evolve(job, event, sequence)
  }
  return job
}

/** The entries of an append that carries out a decision: the fact, and the wait that begins with it. */
export function entriesOf(
  decision: Extract<Decision, { kind: 'append' }>,
  address: JobAddress,
  expected: number,
  author: Author,
  endsSchedule?: string,
): { entries: NewEntry<StoredEvent>[]; event: JobEvent } {
  const around = { ...author, jobId: address.jobId }
  const event = eventOf(decision.fact, { ...around, time: new Date() })
  const ends = endsSchedule ?? (decision.endsWait ? waitSchedule(address) : undefined)
  const stream = jobStream(address)
  const entries: NewEntry<StoredEvent>[] = [
    { stream, name: phaseOf[event.type], event, expected, ...(ends ? { endsSchedule: ends } : {}) },
  ]
  if (decision.wait) {
    const { until, attempt } = decision.wait
    const due: JobFact = { type: 'pdfsmaller.job.attempt-due.v1', data: { attempt } }
    entries.push({
      schedule: waitSchedule(address),
      when: until,
      target: `${stream}.due`,
      event: eventOf(due, { ...around, causationId: event.id, time: until }),
    })
  }
  return { entries, event }
}

function eventOf(fact: JobFact, around: Author & { jobId: string; time: Date }): JobEvent {
  // The envelope keeps type and data together; TypeScript cannot see that through the union.
  return cloudEvent(fact, { ...around, id: uuidv7() }) as JobEvent
}

/**
 * Decides a command against the job and appends the fact at the job's revision.
 * On a conflict the job is loaded and decided on again, until the decision is stored or nothing is to be done.
 * @param job the job as far as it is known; loaded when absent
 * @throws StoreUnavailable, StoreFull; JobFailure newer_release
 */
export async function command(
  store: JobStore,
  address: JobAddress,
  given: JobCommand,
  author: Author,
  { job, patienceMs }: { job?: JobView | undefined; patienceMs?: number } = {},
): Promise<CommandResult> {
  // A request expects that there is nothing: the store itself tells when there is.
  let current = job ?? (given.type === 'Request' ? undefined : await loadJob(store, address))
  for (;;) {
    const decision = decide(given, current)
    if (decision.kind === 'nothing') return { ...decision, job: current }
    const { entries, event } = entriesOf(decision, address, current?.revision ?? 0, {
      correlationId: current?.correlationId,
      traceparent: current?.traceparent,
      ...author,
    })
    try {
      const sequence = await store.append(entries, patienceMs)
      const evolved = evolve(current, event, sequence)
      if (!evolved) throw new Error(`the job ${address.jobId} is not known after its own event`)
      return { kind: 'appended', job: evolved, event }
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      current = await loadJob(store, address)
    }
  }
}

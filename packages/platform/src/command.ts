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
import type { Decider, NewEvent, NewSchedule, Recorded } from '@pdf-smaller/eventstore'
import { uuidv7 } from 'uuidv7'
import type { JobStore } from './connect.ts'
import { sending } from './traces/send.ts'

/** Who writes, and in what connection. */
export type Author = {
  source: string
  traceparent?: string | undefined
  correlationId?: string | undefined
  causationId?: string | undefined
}

export type CommandResult =
  | { kind: 'appended'; job: JobView }
  | { kind: 'nothing'; because: Reason; job: JobView | undefined }

/**
 * A job as far as decisions need it; undefined when there is none.
 * @throws JobFailure newer_release: what this release cannot read may be what counts, so nothing is decided on the rest
 */
export async function loadJob(store: JobStore, address: JobAddress): Promise<JobView | undefined> {
  const { events } = await store.load(jobStream(address))
  return events.reduce<JobView | undefined>(evolveJob, undefined)
}

function evolveJob(
  job: JobView | undefined,
  { event, sequence }: Recorded<StoredEvent>,
): JobView | undefined {
  if (event.type === 'newer') throw new JobFailure('newer_release', event.unknown)
  return isJobEvent(event) ? evolve(job, event, sequence) : job
}

/** The entries of an append that carries out a decision: the fact, and the wait that begins with it. */
export function entriesOf(
  decision: Extract<Decision, { kind: 'append' }>,
  address: JobAddress,
  expected: number,
  author: Author,
  endsSchedule?: string,
): { entries: [NewEvent<StoredEvent>, ...NewSchedule<StoredEvent>[]]; event: JobEvent } {
  const around = { ...author, jobId: address.jobId }
  const event = eventOf(decision.fact, { ...around, time: new Date() })
  const ends = endsSchedule ?? (decision.endsWait ? waitSchedule(address) : undefined)
  const stream = jobStream(address)
  const own = { stream, name: phaseOf[event.type], event, expected, ...(ends ? { endsSchedule: ends } : {}) }
  if (!decision.wait) return { entries: [own], event }
  const { until, attempt } = decision.wait
  const due: JobFact = { type: 'pdfsmaller.job.attempt-due.v1', data: { attempt } }
  const schedule = {
    schedule: waitSchedule(address),
    when: until,
    target: `${stream}.due`,
    event: eventOf(due, { ...around, causationId: event.id, time: until }),
  }
  return { entries: [own, schedule], event }
}

function eventOf(fact: JobFact, around: Author & { jobId: string; time: Date }): JobEvent {
  // The envelope keeps type and data together; TypeScript cannot see that through the union.
  return cloudEvent(fact, { ...around, id: uuidv7() }) as JobEvent
}

/**
 * Decides a command against the job and appends the fact at the job's revision, again when others were quicker.
 * @param job the job as far as it is known; loaded when absent
 * @throws as `decide` of the event store; JobFailure newer_release
 */
export async function command(
  store: JobStore,
  address: JobAddress,
  given: JobCommand,
  author: Author,
  { job, patienceMs }: { job?: JobView | undefined; patienceMs?: number } = {},
): Promise<CommandResult> {
  // A request expects that there is nothing: the store itself tells when there is.
  const known = job || given.type === 'Request' ? { state: job, revision: job?.revision ?? 0 } : undefined
  const why = { traceparent: author.traceparent ?? job?.traceparent, of: [address] }
  const done = await sending(why, (traceparent) => {
    const decider = deciderOf(given, address, traceparent === undefined ? author : { ...author, traceparent })
    return store.decide(jobStream(address), decider, { known, patienceMs })
  })
  if (done.kind === 'nothing') return { kind: 'nothing', because: done.because, job: done.state }
  if (!done.state) throw new Error(`the job ${address.jobId} is not known after its own event`)
  return { kind: 'appended', job: done.state }
}

function deciderOf(
  given: JobCommand,
  address: JobAddress,
  author: Author,
): Decider<JobView | undefined, StoredEvent, Reason> {
  return {
    // Events carry absolute values, so that these fold to the same job as all of them.
    folds: 'newest of each name',
    initial: undefined,
    evolve: evolveJob,
    decide: (job, revision) => {
      const decision = decide(given, job)
      if (decision.kind === 'nothing') return { nothing: decision.because }
      const { correlationId, traceparent } = job ?? {}
      return entriesOf(decision, address, revision, { correlationId, traceparent, ...author }).entries
    },
  }
}

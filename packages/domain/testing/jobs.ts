import {
  cloudEvent,
  describeFailure,
  type JobEvent,
  type JobEventData,
  type JobFact,
  type JobRequestedData,
  type JobView,
} from '@pdf-smaller/contracts'
import { expect } from 'vitest'
import { decide, type Decision, type JobCommand, type Reason } from '../src/decide.ts'
import { evolve } from '../src/evolve.ts'

/** The job that the samples tell of. */
export const jobId = '0198f0a0-1111-7000-8000-000000000001'

const epoch = Date.UTC(2026, 0, 1)

/** The time `seconds` after the beginning of every history; the n-th event of `given` happened at second n. */
export const second = (seconds: number): Date => new Date(epoch + seconds * 1000)

/** A fact as the event at this place in the stream. */
export function eventAt(sequence: number, fact: JobFact): JobEvent {
  // The envelope keeps type and data together; TypeScript cannot see that through the union.
  return cloudEvent(fact, {
    id: `event-${sequence}`,
    source: 'pdf-smaller/test',
    jobId,
    time: second(sequence),
  }) as JobEvent
}

/** A job with this history; undefined before its request. */
export function jobAfter(...facts: JobFact[]): JobView | undefined {
  return facts.reduce<JobView | undefined>(
    (job, fact, index) => evolve(job, eventAt(index + 1, fact), index + 1),
    undefined,
  )
}

/** What a command leads to: a fact with whatever belongs to its append, or the reason for doing nothing. */
export type Outcome = JobFact | { nothing: Reason }

/**
 * One example of a decision: `given(...facts).when(command).then(outcome)`. Of an append everything is compared, so an
 * outcome that begins or ends a wait names it as `rest`.
 */
export function given(...facts: JobFact[]) {
  return {
    when: (command: JobCommand) => ({
      // oxlint-disable-next-line unicorn/no-thenable -- the word of the trade; nobody awaits an example
      then: (outcome: Outcome, rest: Omit<Extract<Decision, { kind: 'append' }>, 'kind' | 'fact'> = {}) => {
        expect(decide(command, jobAfter(...facts))).toEqual(
          'nothing' in outcome
            ? { kind: 'nothing', because: outcome.nothing }
            : { kind: 'append', fact: outcome, ...rest },
        )
      },
    }),
  }
}

type Data<T extends JobFact['type']> = Partial<JobEventData<T>>

const limits = { retries: 3, softSeconds: 1500, hardSeconds: 1800 }
const output = {
  key: 'default/1/out/1/a.pdf',
  name: 'a.pdf',
  size: 5,
  sha256: 'ab',
  contentType: 'application/pdf',
}

/** Data of a request; `over` replaces single values. */
export const requestData = (over: Partial<JobRequestedData> = {}): JobRequestedData => ({
  tenant: 'default',
  domain: 'compression',
  task: 'compress',
  inputs: [{ ...output, key: 'default/1/in/a.0/a.pdf', size: 9 }],
  options: { level: 'medium' },
  requester: 'anonymous',
  limits,
  ...over,
})

export const completion = {
  outputs: [output],
  result: { saved: 4 },
  measures: { queuedMs: 1, runMs: 2, taskMs: 2, engineMs: 1, enginePeakBytes: 1, bytesIn: 9, bytesOut: 5 },
}

/** What a person says of a field, without the values. */
export const correction = {
  document: 0,
  field: 'invoice.totals.gross',
  by: 'key-1',
  object: { ...output, key: 'default/1/corrections/a/correction.json' },
}

export const corrected = (number: number): JobFact => ({
  type: 'pdfsmaller.job.corrected.v1',
  data: { number, ...correction },
})

export const engineFailure = describeFailure('engine_failed', 'qpdf ended with 2')

/** Facts with usual data; `over` replaces single values. */
export const requested = (over: Partial<JobRequestedData> = {}): JobFact => ({
  type: 'pdfsmaller.job.requested.v1',
  data: requestData(over),
})

export const started = (over: Data<'pdfsmaller.job.started.v1'> = {}): JobFact => ({
  type: 'pdfsmaller.job.started.v1',
  data: { attempt: 1, retries: 0, worker: 'worker-1', lost: 0, ...over },
})

export const retryScheduled = (over: Data<'pdfsmaller.job.retry-scheduled.v1'> = {}): JobFact => ({
  type: 'pdfsmaller.job.retry-scheduled.v1',
  data: {
    attempt: 1,
    retries: 1,
    failure: engineFailure,
    delayMs: 60_000,
    nextAttemptAt: second(63).toISOString(),
    ...over,
  },
})

export const due = (attempt: number): JobFact => ({
  type: 'pdfsmaller.job.attempt-due.v1',
  data: { attempt },
})

export const completed = (over: Data<'pdfsmaller.job.completed.v1'> = {}): JobFact => ({
  type: 'pdfsmaller.job.completed.v1',
  data: { attempt: 1, ...completion, ...over },
})

export const failed = (over: Data<'pdfsmaller.job.failed.v1'> = {}): JobFact => ({
  type: 'pdfsmaller.job.failed.v1',
  data: { attempt: 1, failure: { ...engineFailure, retryable: false }, ...over },
})

export const cancelled = (over: Data<'pdfsmaller.job.cancelled.v1'> = {}): JobFact => ({
  type: 'pdfsmaller.job.cancelled.v1',
  data: { by: 'anonymous', reason: 'no longer needed', ...over },
})

export const expired = (over: Data<'pdfsmaller.job.expired.v1'> = {}): JobFact => ({
  type: 'pdfsmaller.job.expired.v1',
  data: { files: 2, bytes: 14, reason: 'retention', ...over },
})

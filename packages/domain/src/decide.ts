import {
  describeFailure,
  type Failure,
  type JobEventData,
  type JobFact,
  type JobRequestedData,
  type JobView,
} from '@pdf-smaller/contracts'
import { isDecided } from './evolve.ts'
import { allowedRetries, decideRetry } from './retry.ts'

/** What is asked of a job. The clock, chance and ids come in with the command. */
export type JobCommand =
  | { type: 'Request'; data: JobRequestedData }
  /** `sequence` is that of the message that the worker was given. */
  | { type: 'Start'; sequence: number; worker: string }
  | ({ type: 'Complete' } & JobEventData<'pdfsmaller.job.completed.v1'>)
  | { type: 'Fail'; attempt: number; failure: Failure; at: Date; random: number; pace: number }
  /** The worker is being stopped and gives the attempt back; it costs no retry. */
  | { type: 'HandBack'; attempt: number; at: Date }
  /** Ends a job that nobody works on any more, as it was found at this revision. */
  | { type: 'GiveUp'; revision: number; failure: Failure }
  | { type: 'Cancel'; by: string; reason: string }
  /** A person corrects a field of what the job extracted; what they wrote is stored already. */
  | ({ type: 'Correct' } & Omit<JobEventData<'pdfsmaller.job.corrected.v1'>, 'number'>)
  /** Removes the record of a decided job: its events are purged behind this one. */
  | { type: 'Erase'; by: string }
  | ({ type: 'Expire' } & JobEventData<'pdfsmaller.job.expired.v1'>)

/** A time at which the job goes on by itself: the due event is scheduled in the same append. */
export type Wait = { until: Date; attempt: number }

/** Why a command changes nothing. */
export type Reason = 'unknown' | 'exists' | 'decided' | 'superseded' | 'undecided' | 'expired' | 'full'

export type Decision =
  | { kind: 'append'; fact: JobFact; wait?: Wait; endsWait?: true }
  | { kind: 'nothing'; because: Reason }

const nothing = (because: Reason): Decision => ({ kind: 'nothing', because })

/** Decides a command against a job: the fact to append, or why there is none. */
export function decide(command: JobCommand, job: JobView | undefined): Decision {
  if (command.type === 'Request') return job ? nothing('exists') : request(command.data)
  if (!job) return nothing('unknown')
  if (command.type === 'Expire') return expire(command, job)
  if (command.type === 'Erase') return erase(command, job)
  if (command.type === 'Correct') return correct(command, job)
  if (isDecided(job)) return nothing('decided')
  switch (command.type) {
    case 'Start':
      return start(command, job)
    case 'Complete': {
      if (!runs(job, command.attempt)) return nothing('superseded')
      const { type: _, ...data } = command
      return { kind: 'append', fact: { type: 'pdfsmaller.job.completed.v1', data } }
    }
    case 'Fail':
      return runs(job, command.attempt) ? fail(command, job) : nothing('superseded')
    case 'HandBack':
      return runs(job, command.attempt) ? handBack(command, job) : nothing('superseded')
    case 'GiveUp': {
      if (job.revision !== command.revision) return nothing('superseded')
      const decision = failForGood(job.attempt, command.failure)
      return job.nextAttemptAt ? { ...decision, endsWait: true } : decision
    }
    case 'Cancel': {
      const { by, reason } = command
      const fact: JobFact = { type: 'pdfsmaller.job.cancelled.v1', data: { by, reason } }
      return job.nextAttemptAt ? { kind: 'append', fact, endsWait: true } : { kind: 'append', fact }
    }
    default:
      return command satisfies never
  }
}

type Of<T extends JobCommand['type']> = Extract<JobCommand, { type: T }>

const runs = (job: JobView, attempt: number) => job.status === 'running' && job.attempt === attempt

function request(data: JobRequestedData): Decision {
  const fact: JobFact = { type: 'pdfsmaller.job.requested.v1', data }
  return data.startAt
    ? { kind: 'append', fact, wait: { until: new Date(data.startAt), attempt: 1 } }
    : { kind: 'append', fact }
}

/**
 * Every start is a new attempt, also after a lost worker: its outputs get keys of their own. What counts against the job
 * are starts without an end. A message that is given out again may as well have met a worker that was late or in a hurry.
 */
function start({ sequence, worker }: Of<'Start'>, job: JobView): Decision {
  if (job.queuedBy !== sequence) return nothing('superseded')
  const lost = (job.lost ?? 0) + (job.status === 'running' ? 1 : 0)
  if (lost > allowedRetries('WorkerLostError', job.limits.retries)) {
    const why = lost === 1 ? 'its attempt had no end' : `${lost} of its attempts had no end`
    return failForGood(job.attempt, describeFailure('worker_lost', why))
  }
  const data = { attempt: job.attempt + 1, retries: job.retries, worker, lost }
  return { kind: 'append', fact: { type: 'pdfsmaller.job.started.v1', data } }
}

function fail({ attempt, failure, at, random, pace }: Of<'Fail'>, job: JobView): Decision {
  if (!failure.retryable) return failForGood(attempt, failure)
  const { retryAfterMs } = failure
  const circumstances = { used: job.retries, limit: job.limits.retries, random, pace, retryAfterMs }
  const decision = decideRetry(failure.class, circumstances)
  return decision.retry
    ? waitThenRetry(job, { attempt, failure, at, delayMs: decision.delayMs, retries: job.retries + 1 })
    : failForGood(attempt, failure)
}

/** Whatever its class says, the failure that a job ends with is not tried again. */
function failForGood(attempt: number, failure: Failure): Extract<Decision, { kind: 'append' }> {
  const data = { attempt, failure: { ...failure, retryable: false } }
  return { kind: 'append', fact: { type: 'pdfsmaller.job.failed.v1', data } }
}

function handBack({ attempt, at }: Of<'HandBack'>, job: JobView): Decision {
  const failure = describeFailure('shutting_down', 'the worker handed the job back')
  return waitThenRetry(job, { attempt, failure, at, delayMs: 0, retries: job.retries })
}

function waitThenRetry(
  job: JobView,
  {
    attempt,
    failure,
    at,
    delayMs,
    retries,
  }: { attempt: number; failure: Failure; at: Date; delayMs: number; retries: number },
): Decision {
  const until = new Date(at.getTime() + delayMs)
  const data = { attempt, retries, failure, delayMs, nextAttemptAt: until.toISOString() }
  const fact: JobFact = { type: 'pdfsmaller.job.retry-scheduled.v1', data }
  return { kind: 'append', fact, wait: { until, attempt: job.attempt + 1 } }
}

function expire(command: Of<'Expire'>, job: JobView): Decision {
  if (!isDecided(job)) return nothing('undecided')
  if (job.expired) return nothing('expired')
  const { type: _, ...data } = command
  return { kind: 'append', fact: { type: 'pdfsmaller.job.expired.v1', data } }
}

function erase({ by }: Of<'Erase'>, job: JobView): Decision {
  if (!isDecided(job)) return nothing('undecided')
  return { kind: 'append', fact: { type: 'pdfsmaller.job.erased.v1', data: { by } } }
}

/** Corrections that one job takes: whoever shows its extraction looks at all of them. */
export const mostCorrections = 1000

/** What a job found out may be corrected as long as its files are there; one that failed or was cancelled found out nothing. */
function correct(command: Of<'Correct'>, job: JobView): Decision {
  if (!isDecided(job)) return nothing('undecided')
  if (job.status !== 'completed') return nothing('decided')
  if (job.expired) return nothing('expired')
  const number = (job.corrections ?? 0) + 1
  if (number > mostCorrections) return nothing('full')
  const { type: _, ...said } = command
  return { kind: 'append', fact: { type: 'pdfsmaller.job.corrected.v1', data: { number, ...said } } }
}

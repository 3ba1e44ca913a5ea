import {
  describeFailure,
  FailureCode,
  type JobEvent,
  type JobView,
  phaseOf,
  retryMatrix,
} from '@pdf-smaller/contracts'
import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { decide, type JobCommand, type Wait } from './decide.ts'
import { evolve, isDecided } from './evolve.ts'
import { completion, correction, eventAt, requestData, second } from '../testing/jobs.ts'

/** Something that happens to a job: a command, aimed at the job as it is or as it was; or the end of its wait. */
type Step = {
  what:
    | 'Start'
    | 'Complete'
    | 'Fail'
    | 'HandBack'
    | 'Cancel'
    | 'GiveUp'
    | 'Correct'
    | 'Expire'
    | 'Erase'
    | 'due'
  late: boolean
  code: FailureCode
  /** Events of other jobs lie between those of this one. */
  gap: number
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('Start' as const, 'Fail' as const, 'due' as const) },
      { weight: 2, arbitrary: fc.constantFrom('HandBack' as const, 'Expire' as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'Complete' as const,
          'Cancel' as const,
          'GiveUp' as const,
          'Correct' as const,
          'Erase' as const,
        ),
      },
    ),
    late: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    code: fc.constantFrom(...FailureCode.options),
    gap: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 40 },
)

const requests = fc.record({
  startAt: fc.option(fc.constant(second(60).toISOString()), { nil: undefined }),
  retries: fc.integer({ min: 0, max: 5 }),
})

type Recorded = { event: JobEvent; sequence: number }
type Played = { recorded: Recorded[]; job: JobView | undefined; wait: Wait | undefined; sequence: number }

/** The history that the steps lead to, one valid by construction: every event was decided. */
function play(
  { startAt, retries }: { startAt: string | undefined; retries: number },
  given: Step[],
): Recorded[] {
  const played: Played = { recorded: [], job: undefined, wait: undefined, sequence: 0 }
  const limits = { retries, softSeconds: 1, hardSeconds: 2 }
  carryOut(played, { type: 'Request', data: requestData({ limits, ...(startAt ? { startAt } : {}) }) })
  for (const step of given) {
    played.sequence += step.gap
    if (step.what !== 'due') carryOut(played, commandOf({ ...step, what: step.what }, played))
    else if (played.wait) {
      record(played, { type: 'pdfsmaller.job.attempt-due.v1', data: { attempt: played.wait.attempt } })
      played.wait = undefined
    }
  }
  return played.recorded
}

function carryOut(played: Played, command: JobCommand): void {
  const decision = decide(command, played.job)
  if (decision.kind === 'nothing') return
  record(played, decision.fact)
  if (decision.endsWait) played.wait = undefined
  if (decision.wait) played.wait = decision.wait
}

function record(played: Played, fact: Parameters<typeof eventAt>[1]): void {
  const sequence = ++played.sequence
  const event = eventAt(sequence, fact)
  played.recorded.push({ event, sequence })
  played.job = evolve(played.job, event, sequence)
}

function commandOf(
  { what, late, code }: Step & { what: Exclude<Step['what'], 'due'> },
  { job, sequence }: Played,
): JobCommand {
  const attempt = (job?.attempt ?? 0) - (late ? 1 : 0)
  const at = second(sequence)
  switch (what) {
    case 'Start':
      return {
        type: what,
        sequence: late ? 0 : (job?.queuedBy ?? 0),
        worker: `worker-${sequence}`,
      }
    case 'Complete':
      return { type: what, attempt, ...completion }
    case 'Fail':
      return { type: what, attempt, failure: describeFailure(code), at, random: 0.5, pace: 1 }
    case 'HandBack':
      return { type: what, attempt, at }
    case 'Cancel':
      return { type: what, by: 'anonymous', reason: '' }
    case 'GiveUp': {
      const revision = (job?.revision ?? 0) - (late ? 1 : 0)
      return { type: what, revision, failure: describeFailure('job_stuck') }
    }
    case 'Correct':
      return { type: what, ...correction }
    case 'Erase':
      return { type: what, by: 'anonymous' }
    case 'Expire':
      return { type: what, files: 1, bytes: 1, reason: 'retention' }
    default:
      return what satisfies never
  }
}

const fold = (recorded: Recorded[]) =>
  recorded.reduce<JobView | undefined>((job, { event, sequence }) => evolve(job, event, sequence), undefined)

/** What loading a job reads: the newest event of each phase, in order. */
const newestOfEachPhase = (recorded: Recorded[]) =>
  [...new Map(recorded.map((one) => [phaseOf[one.event.type], one])).values()].sort(
    (one, other) => one.sequence - other.sequence,
  )

const beginnings = (recorded: Recorded[]) => recorded.map((_, index) => recorded.slice(0, index + 1))

/** The starts that were followed by another one, with neither an outcome nor a retry between them. */
const startsWithoutEnd = (recorded: Recorded[]) =>
  recorded
    .filter(({ event }) => ['started', 'retry', 'outcome'].includes(phaseOf[event.type]))
    .filter(({ event }, index, all) => {
      const next = all[index + 1]?.event.type
      return phaseOf[event.type] === 'started' && next === 'pdfsmaller.job.started.v1'
    }).length

const lead = (...ways: [Step['what'], FailureCode?][]): Step[] =>
  ways.map(([what, code = 'damaged_pdf']) => ({ what, code, late: false, gap: 0 }))
const request = { startAt: undefined, retries: 3 }

/** Histories that lead to every status and every phase: chance alone may leave one out. */
const everywhere: [typeof request | { startAt: string; retries: number }, Step[]][] = [
  [
    request,
    lead(
      ['Start'],
      ['Fail', 'engine_failed'],
      ['due'],
      ['Start'],
      ['Complete'],
      ['Correct'],
      ['Correct'],
      ['Expire'],
      ['Correct'],
    ),
  ],
  [request, lead(['Start'], ['Complete'], ['Erase'])],
  [request, lead(['Start'], ['Fail'])],
  [request, lead(['Cancel'])],
  [{ ...request, startAt: second(60).toISOString() }, []],
]

describe('whatever happens to a job', () => {
  it('the newest event of each phase tells as much as all events, at any time', () => {
    const phases = new Set<string>()
    const statuses = new Set<string>()
    fc.assert(
      fc.property(requests, steps, (request, given) => {
        for (const recorded of beginnings(play(request, given))) {
          const job = fold(recorded)
          expect(fold(newestOfEachPhase(recorded))).toEqual(job)
          phases.add(phaseOf[recorded.at(-1)?.event.type ?? 'pdfsmaller.job.requested.v1'])
          statuses.add(job?.status ?? '')
        }
      }),
      { numRuns: 500, examples: everywhere },
    )
    // The histories have to lead everywhere, or nothing was proved.
    expect(phases.size).toBe(new Set(Object.values(phaseOf)).size)
    expect(statuses.size).toBe(7)
  })

  it('it has one outcome, attempts that only grow, and no more retries than allowed', () => {
    fc.assert(
      fc.property(requests, steps, (request, given) => {
        const recorded = play(request, given)
        const types = recorded.map(({ event }) => event.type)
        expect(types.filter((type) => phaseOf[type] === 'outcome').length).toBeLessThanOrEqual(1)
        expect(types.filter((type) => phaseOf[type] === 'expired').length).toBeLessThanOrEqual(1)
        const attempts = recorded.flatMap(({ event }) =>
          event.type === 'pdfsmaller.job.started.v1' ? [event.data.attempt] : [],
        )
        expect(attempts).toEqual(attempts.map((_, index) => index + 1))
        expect(fold(recorded)?.retries).toBeLessThanOrEqual(request.retries)
      }),
      { numRuns: 500 },
    )
  })

  it('starts without an end are counted, and one more than the matrix allows ends it', () => {
    let [lost, givenUp] = [0, 0]
    fc.assert(
      fc.property(requests, steps, (request, given) => {
        for (const recorded of beginnings(play(request, given))) {
          const job = fold(recorded)
          const allowed = Math.min(retryMatrix.WorkerLostError.retries, request.retries)
          expect(job?.lost ?? 0).toBe(startsWithoutEnd(recorded))
          expect(job?.lost ?? 0).toBeLessThanOrEqual(allowed)
          if (job?.failure?.code === 'worker_lost' && job.status === 'failed') {
            // The newest start had no end either.
            expect(startsWithoutEnd(recorded) + 1).toBe(allowed + 1)
            givenUp++
          }
          lost += job?.lost ?? 0
        }
      }),
      { numRuns: 500 },
    )
    expect(Math.min(lost, givenUp)).toBeGreaterThan(0)
  })

  it('it waits for a time exactly while it says so, and for a worker exactly while a message brings it one', () => {
    fc.assert(
      fc.property(requests, steps, (request, given) => {
        for (const recorded of beginnings(play(request, given))) {
          const job = fold(recorded)
          if (!job) throw new Error('there is no job')
          const waits = job.status === 'scheduled' || job.status === 'retrying'
          expect(job.nextAttemptAt !== undefined).toBe(waits)
          if (!isDecided(job)) expect(job.queuedBy === undefined).toBe(waits)
          expect(job.finishedAt !== undefined).toBe(isDecided(job))
        }
      }),
      { numRuns: 500 },
    )
  })
})

import { describeFailure, type JobFact, JobFailure, type JobView } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { decide, type JobCommand, mostCorrections } from './decide.ts'
import {
  cancelled,
  completed,
  completion,
  corrected,
  correction,
  due,
  engineFailure,
  expired,
  failed,
  given,
  jobAfter,
  requestData,
  requested,
  retryScheduled,
  second,
  started,
} from '../testing/jobs.ts'

const startAt = second(3600).toISOString()

/** Every state of a job, as its history. */
const states = {
  absent: [],
  scheduled: [requested({ startAt })],
  queued: [requested()],
  'queued by its start time': [requested({ startAt }), due(1)],
  running: [requested(), started()],
  'running after a lost worker': [requested(), started(), started({ attempt: 2, lost: 1 })],
  retrying: [requested(), started(), retryScheduled()],
  'queued again': [requested(), started(), retryScheduled(), due(2)],
  'running again': [requested(), started(), retryScheduled(), due(2), started({ attempt: 2, retries: 1 })],
  completed: [requested(), started(), completed()],
  'completed, corrected': [requested(), started(), completed(), corrected(1)],
  failed: [requested(), started(), failed()],
  cancelled: [requested(), cancelled()],
  'completed, files gone': [requested(), started(), completed(), expired()],
  'failed, files gone': [requested(), started(), failed(), expired()],
  'cancelled, files gone': [requested(), cancelled(), expired()],
} satisfies Record<string, JobFact[]>
type State = keyof typeof states

const fail = { type: 'Fail', failure: engineFailure, at: second(10), random: 0.5, pace: 1 } as const
const stuck = describeFailure('job_stuck', 'nobody was heard of')
const expire = { type: 'Expire', files: 2, bytes: 14, reason: 'retention' } as const

/** Every command: aimed at the job as it is, and at the job as it no longer is. */
const commands = {
  Request: () => ({ type: 'Request', data: requestData() }),
  Start: ({ queuedBy = 1 }) => ({ type: 'Start', sequence: queuedBy, worker: 'worker-1' }),
  'late Start': () => ({ type: 'Start', sequence: 99, worker: 'worker-1' }),
  Complete: ({ attempt = 1 }) => ({ type: 'Complete', attempt, ...completion }),
  'late Complete': ({ attempt = 1 }) => ({ type: 'Complete', attempt: attempt - 1, ...completion }),
  Fail: ({ attempt = 1 }) => ({ ...fail, attempt }),
  'late Fail': ({ attempt = 1 }) => ({ ...fail, attempt: attempt - 1 }),
  HandBack: ({ attempt = 1 }) => ({ type: 'HandBack', attempt, at: second(10) }),
  'late HandBack': ({ attempt = 1 }) => ({ type: 'HandBack', attempt: attempt - 1, at: second(10) }),
  Cancel: () => ({ type: 'Cancel', by: 'anonymous', reason: '' }),
  GiveUp: ({ revision = 1 }) => ({ type: 'GiveUp', revision, failure: stuck }),
  'late GiveUp': ({ revision = 1 }) => ({ type: 'GiveUp', revision: revision - 1, failure: stuck }),
  Erase: () => ({ type: 'Erase', by: 'key-1' }),
  Expire: () => expire,
  Correct: () => ({ type: 'Correct', ...correction }),
} satisfies Record<string, (job: Partial<Pick<JobView, 'queuedBy' | 'attempt' | 'revision'>>) => JobCommand>
type Command = keyof typeof commands

/** What each command leads to in each state: the fact's short name, or `-` and the reason for nothing. */
const table: Record<State, Record<Command, string>> = {
  absent: {
    Request: 'requested',
    Start: '-unknown',
    'late Start': '-unknown',
    Complete: '-unknown',
    'late Complete': '-unknown',
    Fail: '-unknown',
    'late Fail': '-unknown',
    HandBack: '-unknown',
    'late HandBack': '-unknown',
    Cancel: '-unknown',
    GiveUp: '-unknown',
    'late GiveUp': '-unknown',
    Erase: '-unknown',
    Correct: '-unknown',
    Expire: '-unknown',
  },
  scheduled: { ...waiting(), Start: '-superseded' },
  queued: waiting(),
  'queued by its start time': waiting(),
  running: running(),
  'running after a lost worker': running(),
  retrying: { ...waiting(), Start: '-superseded' },
  'queued again': waiting(),
  'running again': running(),
  completed: { ...over('expired'), Correct: 'corrected' },
  'completed, corrected': { ...over('expired'), Correct: 'corrected' },
  failed: over('expired'),
  cancelled: over('expired'),
  'completed, files gone': { ...over('-expired'), Correct: '-expired' },
  'failed, files gone': over('-expired'),
  'cancelled, files gone': over('-expired'),
}

function waiting(): Record<Command, string> {
  return {
    Request: '-exists',
    Start: 'started',
    'late Start': '-superseded',
    Complete: '-superseded',
    'late Complete': '-superseded',
    Fail: '-superseded',
    'late Fail': '-superseded',
    HandBack: '-superseded',
    'late HandBack': '-superseded',
    Cancel: 'cancelled',
    GiveUp: 'failed',
    'late GiveUp': '-superseded',
    Erase: '-undecided',
    Expire: '-undecided',
    Correct: '-undecided',
  }
}

/** A running job may be started again: its message came again, so its worker is lost. */
function running(): Record<Command, string> {
  return { ...waiting(), Complete: 'completed', Fail: 'retry-scheduled', HandBack: 'retry-scheduled' }
}

function over(expire: string): Record<Command, string> {
  return {
    Request: '-exists',
    Start: '-decided',
    'late Start': '-decided',
    Complete: '-decided',
    'late Complete': '-decided',
    Fail: '-decided',
    'late Fail': '-decided',
    HandBack: '-decided',
    'late HandBack': '-decided',
    Cancel: '-decided',
    GiveUp: '-decided',
    'late GiveUp': '-decided',
    Erase: 'erased',
    Expire: expire,
    Correct: '-decided',
  }
}

const cells = Object.entries(table).flatMap(([state, row]) =>
  Object.entries(row).map(([command, leadsTo]) => ({
    state: state as State,
    command: command as Command,
    leadsTo,
  })),
)

it.each(cells)('$state + $command → $leadsTo', ({ state, command, leadsTo }) => {
  const job = jobAfter(...states[state])
  const decision = decide(commands[command](job ?? {}), job)
  expect(
    decision.kind === 'nothing' ? `-${decision.because}` : /job\.(.+)\.v1/.exec(decision.fact.type)?.[1],
  ).toBe(leadsTo)
})

describe('a request', () => {
  it('becomes a fact as it is', () =>
    given()
      .when({ type: 'Request', data: requestData({ tag: 'mine' }) })
      .then(requested({ tag: 'mine' })))

  it('with a start time begins a wait', () =>
    given()
      .when({ type: 'Request', data: requestData({ startAt }) })
      .then(requested({ startAt }), { wait: { until: new Date(startAt), attempt: 1 } }))
})

describe('a start', () => {
  const start = { type: 'Start', worker: 'worker-2' } as const

  it('is the next attempt', () =>
    given(requested())
      .when({ ...start, sequence: 1 })
      .then(started({ worker: 'worker-2' })))

  it('after a lost worker is the next attempt and costs no retry', () =>
    given(requested(), started())
      .when({ ...start, sequence: 1 })
      .then(started({ attempt: 2, retries: 0, worker: 'worker-2', lost: 1 })))

  it('after a retry keeps count of the retries', () =>
    given(requested(), started(), retryScheduled(), due(2))
      .when({ ...start, sequence: 4 })
      .then(started({ attempt: 2, retries: 1, worker: 'worker-2' })))

  it('by the message of an earlier wait is superseded', () =>
    given(requested(), started(), retryScheduled(), due(2))
      .when({ ...start, sequence: 1 })
      .then({ nothing: 'superseded' }))

  it.each([
    [0, 1],
    [1, 2],
    [3, 4],
    [4, 5],
    [9, 5],
  ])('with a limit of %i retries is made %i times without an end, then the job fails', (retries, starts) => {
    const job = requested({ limits: { retries, softSeconds: 1, hardSeconds: 2 } })
    const soFar = Array.from({ length: starts }, (_, lost) => started({ attempt: lost + 1, lost }))
    given(job, ...soFar.slice(0, -1))
      .when({ ...start, sequence: 1 })
      .then(started({ attempt: starts, worker: 'worker-2', lost: starts - 1 }))
    const why = starts === 1 ? 'its attempt had no end' : `${starts} of its attempts had no end`
    given(job, ...soFar)
      .when({ ...start, sequence: 1 })
      .then(
        failed({
          attempt: starts,
          failure: { ...describeFailure('worker_lost', why), retryable: false },
        }),
      )
  })

  it('that had an end does not count, neither a failure nor a hand-back', () =>
    given(
      requested(),
      started(),
      retryScheduled(),
      due(2),
      started({ attempt: 2, retries: 1 }),
      started({ attempt: 3, retries: 1, lost: 1 }),
      retryScheduled({ attempt: 3, failure: describeFailure('shutting_down') }),
      due(4),
    )
      .when({ ...start, sequence: 8 })
      .then(started({ attempt: 4, retries: 1, worker: 'worker-2', lost: 1 })))
})

describe('a failed attempt', () => {
  it('waits as long as the matrix says, then is tried again', () =>
    given(requested(), started())
      .when({ ...fail, attempt: 1 })
      .then(retryScheduled({ nextAttemptAt: second(70).toISOString() }), {
        wait: { until: second(70), attempt: 2 },
      }))

  it('waits longer where another service asks for it', () => {
    const failure = describeFailure('llm_rate_limited', '', { retryAfterMs: 300_000 })
    const nextAttemptAt = second(310).toISOString()
    given(requested(), started())
      .when({ ...fail, attempt: 1, failure })
      .then(retryScheduled({ failure, delayMs: 300_000, nextAttemptAt }), {
        wait: { until: second(310), attempt: 2 },
      })
  })

  it('fails the job when its retries are used up', () =>
    given(requested(), started({ attempt: 7, retries: 3 }))
      .when({ ...fail, attempt: 7 })
      .then(failed({ attempt: 7 })))

  it('fails the job at once where another attempt cannot change anything', () =>
    given(requested(), started())
      .when({ ...fail, attempt: 1, failure: describeFailure('damaged_pdf') })
      .then(failed({ failure: describeFailure('damaged_pdf') })))

  it('fails the job at once where it is known that another would fail in the same way', () => {
    const failure = describeFailure('engine_timeout', 'gs used up its processor time', { final: true })
    given(requested(), started())
      .when({ ...fail, attempt: 1, failure })
      .then(failed({ failure }))
  })

  it('of an unforeseen kind is tried as often as one of an engine', () =>
    given(requested(), started())
      .when({ ...fail, attempt: 1, failure: describeFailure('internal_error') })
      .then(
        retryScheduled({
          failure: describeFailure('internal_error'),
          nextAttemptAt: second(70).toISOString(),
        }),
        { wait: { until: second(70), attempt: 2 } },
      ))
})

it('a job handed back goes on at once and has lost no retry', () =>
  given(requested(), started({ attempt: 2, retries: 1 }))
    .when({ type: 'HandBack', attempt: 2, at: second(10) })
    .then(
      retryScheduled({
        attempt: 2,
        retries: 1,
        failure: describeFailure('shutting_down', 'the worker handed the job back'),
        delayMs: 0,
        nextAttemptAt: second(10).toISOString(),
      }),
      { wait: { until: second(10), attempt: 3 } },
    ))

it('a completion becomes a fact as it is', () =>
  given(requested(), started())
    .when({ type: 'Complete', attempt: 1, ...completion })
    .then(completed()))

describe('a cancellation', () => {
  const cancel = { type: 'Cancel', by: 'key-1', reason: 'a mistake' } as const
  const fact = cancelled({ by: 'key-1', reason: 'a mistake' })

  it.each([
    ['scheduled', { endsWait: true as const }],
    ['retrying', { endsWait: true as const }],
    ['queued', {}],
    ['queued again', {}],
    ['running again', {}],
  ] as const)('of a job that is %s: %j', (state, rest) => {
    given(...states[state])
      .when(cancel)
      .then(fact, rest)
  })
})

describe('giving a job up', () => {
  const fact = (attempt: number) => failed({ attempt, failure: { ...stuck, retryable: false } })

  it.each([
    ['scheduled', 0, { endsWait: true as const }],
    ['retrying', 1, { endsWait: true as const }],
    ['queued', 0, {}],
    ['running', 1, {}],
  ] as const)('that is %s after attempt %i: %j', (state, attempt, rest) => {
    const history = states[state]
    given(...history)
      .when({ type: 'GiveUp', revision: history.length, failure: stuck })
      .then(fact(attempt), rest)
  })
})

it('an expiry becomes a fact as it is', () => given(requested(), cancelled()).when(expire).then(expired()))

it('the worker that hears of a cancellation does not fail the job', () => {
  const failure = describeFailure(new JobFailure('job_cancelled').code)
  given(requested(), started(), cancelled())
    .when({ ...fail, attempt: 1, failure })
    .then({ nothing: 'decided' })
})

it('corrections are counted, up to as many as a job takes', () => {
  const done = [requested(), started(), completed()]
  const correct = { type: 'Correct', ...correction } as const
  given(...done, corrected(1), corrected(2))
    .when(correct)
    .then(corrected(3))
  given(...done, corrected(mostCorrections))
    .when(correct)
    .then({ nothing: 'full' })
})

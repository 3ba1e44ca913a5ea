import { type JobFact, JobView } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { evolve, isDecided } from './evolve.ts'
import {
  cancelled,
  completed,
  completion,
  corrected,
  due,
  engineFailure,
  eventAt,
  expired,
  failed,
  jobAfter,
  jobId,
  requestData,
  requested,
  retryScheduled,
  second,
  started,
} from '../testing/jobs.ts'

const at = (seconds: number) => second(seconds).toISOString()
const startAt = at(3600)

const fresh = {
  ...requestData(),
  id: jobId,
  attempt: 0,
  retries: 0,
  outputs: [],
  requestedAt: at(1),
  correlationId: jobId,
}
const queued = { ...fresh, status: 'queued', queuedBy: 1, queuedAt: at(1) }
const running = { ...queued, status: 'running', attempt: 1, worker: 'worker-1', startedAt: at(2) }
const retried = { ...running, retries: 1, failure: engineFailure }
const { queuedBy: _, ...unqueued } = retried

const histories: [string, JobFact[], object][] = [
  ['requested', [requested()], queued],
  ['scheduled', [requested({ startAt })], { ...fresh, startAt, status: 'scheduled', nextAttemptAt: startAt }],
  [
    'due for its start time',
    [requested({ startAt }), due(1)],
    { ...fresh, startAt, status: 'queued', queuedBy: 2, queuedAt: at(2) },
  ],
  ['started', [requested(), started()], running],
  [
    'started again after a lost worker',
    [requested(), started(), started({ attempt: 2, worker: 'worker-2', lost: 1 })],
    { ...running, attempt: 2, worker: 'worker-2', startedAt: at(3), lost: 1 },
  ],
  [
    'waiting for another attempt',
    [requested(), started(), retryScheduled()],
    { ...unqueued, status: 'retrying', nextAttemptAt: at(63) },
  ],
  [
    'due for another attempt',
    [requested(), started(), retryScheduled(), due(2)],
    { ...retried, status: 'queued', queuedBy: 4, queuedAt: at(4) },
  ],
  [
    'completed',
    [requested(), started(), completed()],
    { ...running, ...completion, status: 'completed', finishedAt: at(3) },
  ],
  [
    'completed after a retry, and tells of no failure',
    [
      requested(),
      started(),
      retryScheduled(),
      due(2),
      started({ attempt: 2, retries: 1 }),
      completed({ attempt: 2 }),
    ],
    {
      ...running,
      ...completion,
      attempt: 2,
      retries: 1,
      queuedBy: 4,
      queuedAt: at(4),
      startedAt: at(5),
      status: 'completed',
      finishedAt: at(6),
    },
  ],
  [
    'failed',
    [requested(), started(), failed()],
    { ...running, status: 'failed', failure: { ...engineFailure, retryable: false }, finishedAt: at(3) },
  ],
  [
    'cancelled while it waits',
    [requested({ startAt }), cancelled()],
    {
      ...fresh,
      startAt,
      status: 'cancelled',
      cancelled: { by: 'anonymous', reason: 'no longer needed' },
      finishedAt: at(2),
    },
  ],
  [
    'corrected by a person',
    [requested(), started(), completed(), corrected(1), corrected(2)],
    { ...running, ...completion, status: 'completed', finishedAt: at(3), corrections: 2 },
  ],
  [
    'without its files',
    [requested(), started(), completed(), expired()],
    {
      ...running,
      ...completion,
      status: 'completed',
      finishedAt: at(3),
      expired: { at: at(4), files: 2, bytes: 14, reason: 'retention' },
    },
  ],
]

describe.each(histories)('a job that is %s', (_, facts, view) => {
  it('is the fold of its events', () => {
    expect(jobAfter(...facts)).toEqual({ ...view, revision: facts.length })
  })

  it('has the form of a job view', () => {
    const job = jobAfter(...facts)
    expect(JobView.parse(job)).toEqual(job)
  })
})

it('a job keeps the trace and the correlation of its request', () => {
  const event = { ...eventAt(1, requested()), traceparent: '00-1-2-01', correlationid: 'batch-1' }
  expect(evolve(undefined, event, 1)).toMatchObject({ traceparent: '00-1-2-01', correlationId: 'batch-1' })
})

it('events without a request make no job', () => {
  for (const fact of [started(), retryScheduled(), due(2), completed(), failed(), cancelled(), expired()])
    expect(evolve(undefined, eventAt(1, fact), 1)).toBeUndefined()
})

describe.each([completed(), failed(), cancelled()])('a job after $type', (outcome) => {
  it.each([
    due(2),
    started({ attempt: 2 }),
    retryScheduled(),
    completed({ attempt: 2 }),
    failed(),
    cancelled(),
  ])('is not changed by $type', (late) => {
    const job = jobAfter(requested(), started(), outcome)
    expect(jobAfter(requested(), started(), outcome, late)).toEqual({ ...job, revision: 4 })
  })
})

it.each([
  ['queued', [requested()], false],
  ['scheduled', [requested({ startAt })], false],
  ['running', [requested(), started()], false],
  ['retrying', [requested(), started(), retryScheduled()], false],
  ['completed', [requested(), started(), completed()], true],
  ['failed', [requested(), started(), failed()], true],
  ['cancelled', [requested(), cancelled()], true],
] as const)('a job that is %s is decided: %#', (status, facts, decided) => {
  const job = jobAfter(...facts)
  expect(job?.status).toBe(status)
  expect(job && isDecided(job)).toBe(decided)
})

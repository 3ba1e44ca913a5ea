import { describeFailure, type JobFact, type JobView, StatusView } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { statusView } from './status.ts'
import {
  cancelled,
  completed,
  engineFailure,
  expired,
  failed,
  jobAfter,
  jobId,
  requested,
  retryScheduled,
  second,
  started,
} from '../testing/jobs.ts'

function job(...facts: JobFact[]): JobView {
  const found = jobAfter(...facts)
  if (!found) throw new Error('the facts make no job')
  return found
}

const progress = {
  attempt: 1,
  percentage: 42.5,
  stage: 'compression',
  current: 3,
  total: 8,
  message: 'page 3 of 8',
}
const { attempt: _, ...shown } = progress
const startAt = second(3600).toISOString()

describe('the status of a job', () => {
  it.each([
    ['scheduled', [requested({ startAt })], 'pending'],
    ['queued', [requested()], 'pending'],
    ['running', [requested(), started()], 'processing'],
    ['retrying', [requested(), started(), retryScheduled()], 'retry'],
    ['completed', [requested(), started(), completed()], 'completed'],
    ['failed', [requested(), started(), failed()], 'failed'],
    ['cancelled', [requested(), cancelled()], 'cancelled'],
  ] as const)('that is %s', (status, facts, state) => {
    const given = job(...facts)
    expect(given.status).toBe(status)
    const view = statusView(given)
    expect(StatusView.parse(view)).toEqual(view)
    expect(view.status).toBe(state)
    expect(view.progress).toEqual({
      percentage: status === 'completed' ? 100 : 0,
      stage: status,
      current: 0,
      total: 0,
      message: '',
    })
  })

  it('tells progress, and nothing short of all once it is completed', () => {
    const running = job(requested(), started())
    expect(statusView({ ...running, progress }).progress).toEqual(shown)
    const done = job(requested(), started(), completed())
    expect(statusView({ ...done, progress }).progress).toEqual({
      ...shown,
      percentage: 100,
      stage: 'completed',
    })
    const lost = job(requested(), started(), failed())
    expect(statusView({ ...lost, progress }).progress).toEqual(shown)
  })

  it('tells when what happened', () => {
    expect(statusView(job(requested(), started(), retryScheduled()))).toMatchObject({
      job_id: jobId,
      task_type: 'compress',
      meta: {
        attempt: 1,
        retries: 1,
        max_retries: 3,
        next_attempt_at: second(63).toISOString(),
        created_at: second(1).toISOString(),
        started_at: second(2).toISOString(),
        completed_at: null,
        files_expired: false,
      },
      result: null,
      error: engineFailure,
    })
  })

  it('tells the result, and that its files are gone', () => {
    const view = statusView(job(requested(), started(), completed(), expired()))
    expect(view).toMatchObject({
      meta: { next_attempt_at: null, completed_at: second(3).toISOString(), files_expired: true },
      result: { saved: 4 },
      error: null,
    })
  })

  it('tells the failure', () => {
    const failure = describeFailure('damaged_pdf')
    expect(statusView(job(requested(), started(), failed({ failure }))).error).toEqual(failure)
  })
})

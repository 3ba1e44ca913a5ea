import type { ConsumerLag } from '@pdf-smaller/eventstore'
import { describe, expect, it } from 'vitest'
import { stuckBecause } from './stuck.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString()
const limits = { retries: 3, softSeconds: 1500, hardSeconds: 1800 }
const idle: ConsumerLag = {
  waiting: 0,
  out: 1,
  redelivered: 0,
  deliveredUpTo: 100,
  acknowledgedUpTo: 40,
  pulls: 2,
}
type Job = Parameters<typeof stuckBecause>[0]
const queued = (over: Partial<Job> = {}): Job => ({
  status: 'queued',
  queuedBy: 50,
  queuedAt: ago(10),
  limits,
  ...over,
})
const running = (over: Partial<Job> = {}): Job => ({
  ...queued(),
  status: 'running',
  startedAt: ago(10),
  ...over,
})

describe('a job', () => {
  it.each<[string, Job, ConsumerLag | undefined, string | undefined]>([
    ['that is decided is not stuck', running({ status: 'completed' }), { ...idle, out: 0 }, undefined],
    ['that waits for its time is not stuck', queued({ nextAttemptAt: ago(-60) }), idle, undefined],
    ['whose wait has just ended is not stuck', queued({ nextAttemptAt: ago(299) }), idle, undefined],
    ['whose wait ended long ago is', queued({ nextAttemptAt: ago(301) }), idle, 'its wait ended'],
    ['of a domain without workers is not stuck', queued({ queuedAt: ago(99_999) }), undefined, undefined],
    [
      'that stands in the queue for days is not stuck',
      queued({ queuedBy: 101, queuedAt: ago(99_999) }),
      idle,
      undefined,
    ],
    ['whose message is done with is', queued({ queuedBy: 40 }), idle, 'given out no more'],
    ['is stuck when no message is out', running(), { ...idle, out: 0 }, 'given out no more'],
    ['that runs within its limits is not stuck', running({ startedAt: ago(2024) }), idle, undefined],
    ['that is silent beyond its limits is', running({ startedAt: ago(2026) }), idle, 'for 34 minutes'],
    ['that was given out and never started is', queued({ queuedAt: ago(2026) }), idle, 'for 34 minutes'],
    [
      'that may wait for a free worker after the loss of its own is not stuck',
      running({ startedAt: ago(9999) }),
      { ...idle, pulls: 0 },
      undefined,
    ],
  ])('%s', (_, job, consumer, why) => {
    const found = stuckBecause(job, consumer, { now, silenceMs: 225_000 })
    if (why === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(why)
  })
})

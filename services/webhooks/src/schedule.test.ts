import { describe, expect, it } from 'vitest'
import type { Answer } from './post.ts'
import { longestMs, openStreaks, verdictOf, waitsMs } from './schedule.ts'

const firstAt = new Date('2030-01-01T00:00:00Z')
const endpoint = { url: 'https://a.example/' }
const answered = (status: number, retryAfterMs?: number): Answer => ({
  kind: 'answered',
  status,
  begins: '',
  ms: 1,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})
const none: Answer = { kind: 'none', why: 'it cannot be reached', ms: 1 }
const at = (ms: number) => new Date(firstAt.getTime() + ms)
const tried = { answer: none, firstAt, attempts: 1, endpoint, now: firstAt, random: 0.5, pace: 1 }

describe('what becomes of a message', () => {
  it.each([200, 201, 204, 299])('is delivered by %i', (status) => {
    expect(verdictOf({ ...tried, answer: answered(status) })).toEqual({ kind: 'delivered' })
  })

  it.each([199, 301, 307, 400, 404, 500, 503])('is tried again after %i', (status) => {
    expect(verdictOf({ ...tried, answer: answered(status) })).toEqual({ kind: 'again', at: at(5000) })
  })

  it('is tried for five days, ever more seldom, and once more at their end', () => {
    const times = [0]
    let attempts = 1
    for (;;) {
      const verdict = verdictOf({ ...tried, attempts, now: at(times.at(-1) ?? 0) })
      if (verdict.kind !== 'again') {
        expect(verdict).toEqual({ kind: 'given up' })
        break
      }
      times.push(verdict.at.getTime() - firstAt.getTime())
      attempts++
    }
    expect(times.at(-1)).toBe(longestMs)
    expect(times).toHaveLength(waitsMs.length + 2)
    expect(times[1]).toBe(5000)
  })

  it('waits as long as its receiver wants, but not for ever', () => {
    const after = (ms: number) => verdictOf({ ...tried, answer: answered(503, ms) })
    expect(after(600_000)).toEqual({ kind: 'again', at: at(600_000) })
    expect(after(1)).toEqual({ kind: 'again', at: at(5000) })
    expect(after(1e12)).toEqual({ kind: 'again', at: at(86_400_000) })
  })

  it('waits a tenth more or less by chance', () => {
    expect(verdictOf({ ...tried, random: 0 })).toEqual({ kind: 'again', at: at(4500) })
    expect(verdictOf({ ...tried, random: 1 })).toEqual({ kind: 'again', at: at(5500) })
  })

  it('waits as much longer or shorter as all waits before retries are told to', () => {
    expect(verdictOf({ ...tried, pace: 0.1 })).toEqual({ kind: 'again', at: at(500) })
    const failing = { ...endpoint, failingSince: at(0).toISOString() }
    const later = { ...tried, endpoint: failing, attempts: 9, pace: 0.1 }
    expect(verdictOf(later)).toEqual({ kind: 'again', at: at(360_000) })
  })

  it('tries an endpoint that fails at least every hour, until that has failed for five days', () => {
    const failing = { ...endpoint, failingSince: at(0).toISOString() }
    const later = { ...tried, endpoint: failing, attempts: 9 }
    expect(verdictOf({ ...later, now: at(1000) })).toEqual({ kind: 'again', at: at(3_601_000) })
    // The message itself is older than that.
    expect(verdictOf({ ...later, firstAt: at(-longestMs), now: at(1000) })).toMatchObject({ kind: 'again' })
    expect(verdictOf({ ...later, now: at(longestMs) })).toMatchObject({ kind: 'disable', because: 'failing' })
  })

  it('disables an endpoint that is gone; one job’s address says nothing of others', () => {
    expect(verdictOf({ ...tried, answer: answered(410) })).toMatchObject({ kind: 'disable', because: 'gone' })
    expect(verdictOf({ ...tried, answer: answered(410), endpoint: {} })).toEqual({ kind: 'given up' })
  })
})

it('an endpoint fails when so many attempts in a row have failed', () => {
  const streaks = openStreaks()
  const failed = (n: number) => streaks.failed('a', at(n))
  expect([1, 2, 3, 4, 5, 6].map(failed)).toEqual([undefined, undefined, undefined, undefined, at(1), at(1)])
  streaks.ended('a')
  expect(failed(7)).toBeUndefined()
})

import { type FailureClass, retryMatrix } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import { allowedRetries, decideRetry, silencePolicy, waitSeconds } from './retry.ts'

/** The waits before each retry in seconds, written out: the matrix of the design, not the one of the code. */
const waits: Record<FailureClass, number[]> = {
  DatabaseError: [30, 60, 120],
  ServiceUnavailableError: [60, 120, 240],
  ExternalServiceError: [120, 240],
  TimeoutError: [120, 240],
  ProcessingError: [60, 120, 180],
  OutOfMemoryError: [60],
  WorkerLostError: [15, 30, 60, 120],
  DefectError: [],
  ValidationError: [],
  FileNotFoundError: [],
  PermissionError: [],
  UnsupportedFormatError: [],
}
const classes = Object.keys(retryMatrix) as FailureClass[]
const usual = { limit: 10, random: 0.5, pace: 1 }

it('knows every row of the matrix', () => {
  expect(classes.sort()).toEqual(Object.keys(waits).sort())
})

describe.each(classes)('%s', (failureClass) => {
  const row = waits[failureClass]

  it.each(row.map((wait, used) => ({ n: used + 1, used, wait })))(
    'waits $wait s before retry $n',
    ({ used, wait }) => {
      expect(decideRetry(failureClass, { ...usual, used })).toEqual({ retry: true, delayMs: wait * 1000 })
    },
  )

  it.each(row.map((wait, used) => ({ used, wait })))(
    'spreads a wait of $wait s by a tenth',
    ({ used, wait }) => {
      expect(decideRetry(failureClass, { ...usual, used, random: 0 })).toEqual({
        retry: true,
        delayMs: wait * 900,
      })
      const longest = decideRetry(failureClass, { ...usual, used, random: 1 - Number.EPSILON })
      expect(longest).toEqual({ retry: true, delayMs: wait * 1100 })
    },
  )

  it(`is not tried again after ${row.length} retries`, () => {
    expect(decideRetry(failureClass, { ...usual, used: row.length })).toEqual({ retry: false })
    expect(decideRetry(failureClass, { ...usual, used: row.length + 1 })).toEqual({ retry: false })
  })

  it.each([0, 1, 2, 3, 10])('is tried no more often than a limit of %i allows', (limit) => {
    expect(allowedRetries(failureClass, limit)).toBe(Math.min(row.length, limit))
    expect(decideRetry(failureClass, { ...usual, limit, used: limit }).retry).toBe(false)
  })
})

describe('waits', () => {
  it.each([
    ['DatabaseError', 5, 480],
    ['DatabaseError', 6, 600],
    ['ServiceUnavailableError', 5, 600],
    ['ProcessingError', 10, 600],
    ['ProcessingError', 11, 600],
  ] as const)('of %s before retry %i would be %i s, never over ten minutes', (failureClass, n, seconds) => {
    expect(waitSeconds(failureClass, n)).toBe(seconds)
  })

  it('are paced, in whole milliseconds', () => {
    const paced = { ...usual, used: 0, pace: 0.001 }
    expect(decideRetry('DatabaseError', paced)).toEqual({ retry: true, delayMs: 30 })
    expect(decideRetry('DatabaseError', { ...paced, random: 0.123 })).toEqual({ retry: true, delayMs: 28 })
  })
})

describe('the silence policy', () => {
  it('is the row of lost workers', () => {
    expect(silencePolicy(1)).toEqual({
      backoffMs: [15_000, 30_000, 60_000, 120_000],
      maxDeliver: 100,
      heartbeatMs: 5000,
    })
  })

  it('is paced', () => {
    expect(silencePolicy(0.01)).toEqual({
      backoffMs: [150, 300, 600, 1200],
      maxDeliver: 100,
      heartbeatMs: 50,
    })
  })

  it('has no more waits than deliveries, as the server demands', () => {
    const { backoffMs, maxDeliver } = silencePolicy(1)
    expect(maxDeliver).toBeGreaterThan(backoffMs.length)
  })
})

describe('a wait that another service asks for', () => {
  const of = (retryAfterMs: number, over = {}) =>
    decideRetry('ExternalServiceError', { ...usual, used: 0, retryAfterMs, ...over })

  it.each([
    ['is too short to count', 2000, 120_000],
    ['is kept to', 300_000, 300_000],
    ['ends at the longest wait', 3_600_000, 600_000],
    ['is a whole number of milliseconds', 300_000.4, 300_001],
  ])('%s', (_, retryAfterMs, delayMs) => {
    expect(of(retryAfterMs)).toEqual({ retry: true, delayMs })
  })

  it('is never shortened, neither by chance nor by the pace', () => {
    for (const random of [0, 0.5, 0.999])
      expect(of(300_000, { random, pace: 0.001 })).toEqual({ retry: true, delayMs: 300_000 })
  })

  it('allows no further retry', () => {
    expect(of(1000, { used: 2 })).toEqual({ retry: false })
  })
})

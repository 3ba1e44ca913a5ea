import type { DisabledBecause } from '@pdf-smaller/contracts'
import type { Endpoint } from '@pdf-smaller/endpoints'
import type { Answer } from './post.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long a message is tried, and how long an endpoint may fail. */
export const longestMs = 5 * day

/** The waits before the retries of a message; behind them it is tried once more when `longestMs` is over. */
export const waitsMs: readonly number[] = [
  5 * second,
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  20 * hour,
  24 * hour,
  24 * hour,
  24 * hour,
]

/** While an endpoint takes nothing, what waits is its probe, and comes at least so often. */
const longestWhileFailingMs = hour

/** A receiver that wants to be left alone for longer is asked then. */
export const longestRetryAfterMs = day

/** How often what waits for an endpoint that is disabled looks again. */
export const whileDisabledMs = day

/** What becomes of a message after an attempt; those that stop its endpoint let it wait for that. */
export type Verdict =
  | { kind: 'delivered' }
  | { kind: 'again'; at: Date }
  | { kind: 'given up' }
  | { kind: 'disable'; because: DisabledBecause; at: Date }

type Tried = {
  answer: Answer
  /** The first try of the message, and how many there were with this one. */
  firstAt: Date
  attempts: number
  endpoint: Pick<Endpoint, 'url' | 'failingSince'>
  now: Date
  /** 0 to 1; the wait is 10 % longer or shorter by it. */
  random: number
  /** Multiplies the waits. */
  pace: number
}

/** Decides on a message that an answer came to, or none. 2xx takes it (Standard Webhooks 1.0); a redirect does not. */
export function verdictOf({ answer, firstAt, attempts, endpoint, now, random, pace }: Tried): Verdict {
  const status = answer.kind === 'answered' ? answer.status : undefined
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered' }
  // The addresses of requests stand for themselves: one that is gone says nothing of the others.
  const isOfRequests = endpoint.url === undefined
  const later = new Date(now.getTime() + whileDisabledMs)
  if (status === 410)
    return isOfRequests ? { kind: 'given up' } : { kind: 'disable', because: 'gone', at: later }
  const { failingSince } = endpoint
  if (failingSince !== undefined && isOver(new Date(failingSince), now))
    return { kind: 'disable', because: 'failing', at: later }
  if (failingSince === undefined && isOver(firstAt, now)) return { kind: 'given up' }
  return { kind: 'again', at: nextAt({ answer, firstAt, attempts, endpoint, now, random, pace }) }
}

const isOver = (since: Date, now: Date) => now.getTime() - since.getTime() >= longestMs

function nextAt({ answer, firstAt, attempts, endpoint, now, random, pace }: Tried): Date {
  const usual = (waitsMs[attempts - 1] ?? longestMs) * pace * (0.9 + 0.2 * random)
  const wait = endpoint.failingSince === undefined ? usual : Math.min(usual, longestWhileFailingMs * pace)
  const end = firstAt.getTime() + longestMs
  // Of an endpoint that fails, what waits is tried for as long as that may.
  const bounded = now.getTime() < end ? Math.min(now.getTime() + wait, end) : now.getTime() + wait
  const asked = answer.kind === 'answered' ? (answer.retryAfterMs ?? 0) : 0
  return new Date(Math.max(bounded, now.getTime() + Math.min(asked, longestRetryAfterMs)))
}

/** So many failures in a row, and none of its messages taken: an endpoint fails. */
export const failuresInARow = 5

/** Counts the attempts that failed since the last that did not. */
export function openStreaks() {
  const streaks = new Map<string, { count: number; since: Date }>()
  return {
    /** @returns since when it fails, once it does so */
    failed: (endpoint: string, at: Date): Date | undefined => {
      const before = streaks.get(endpoint) ?? { count: 0, since: at }
      const streak = { ...before, count: before.count + 1 }
      streaks.set(endpoint, streak)
      return streak.count >= failuresInARow ? streak.since : undefined
    },
    ended: (endpoint: string): void => void streaks.delete(endpoint),
  }
}
export type Streaks = ReturnType<typeof openStreaks>

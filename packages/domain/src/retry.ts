import { type Failure, jitter, longestWaitSeconds, retryMatrix } from '@pdf-smaller/contracts'

/** Whether and when a failed attempt is followed by another. */
export type RetryDecision = { retry: true; delayMs: number } | { retry: false }

export type RetryCircumstances = {
  /** Retries used up before this failure. */
  used: number
  /** The task's own limit. */
  limit: number
  /** From 0 to below 1; spreads the waits. */
  random: number
  /** Multiplies every wait; 1 in production, less in tests. */
  pace: number
  /** How long another service asked to be left alone, milliseconds. */
  retryAfterMs?: number | undefined
}

/** Retries that the matrix and the task allow after a failure of this class. */
export function allowedRetries(failureClass: Failure['class'], limit: number): number {
  return Math.min(retryMatrix[failureClass].retries, limit)
}

/** The wait before retry n (from 1) after a failure of this class, seconds; capped, not yet jittered. */
export function waitSeconds(failureClass: Failure['class'], n: number): number {
  return Math.min(longestWaitSeconds, retryMatrix[failureClass].wait(n))
}

/**
 * Reads the retry matrix for one failure. Where another service has asked for a longer wait, that one holds up to the
 * longest of the matrix, whatever the pace: it is never less than what was asked for.
 */
export function decideRetry(
  failureClass: Failure['class'],
  { used, limit, random, pace, retryAfterMs = 0 }: RetryCircumstances,
): RetryDecision {
  if (used >= allowedRetries(failureClass, limit)) return { retry: false }
  const waitMs = waitSeconds(failureClass, used + 1) * 1000 * pace
  const spreadMs = Math.round(waitMs * (1 - jitter + 2 * jitter * random))
  const askedMs = Math.min(retryAfterMs, longestWaitSeconds * 1000)
  return { retry: true, delayMs: Math.max(spreadMs, Math.ceil(askedMs)) }
}

/** How a domain's consumer treats a worker that fell silent; the WorkerLostError row of the matrix. */
export type SilencePolicy = { backoffMs: number[]; maxDeliver: number; heartbeatMs: number }

/**
 * Deliveries are no starts: a worker that is late with its sign of life has its message given out again while it works on.
 * There are enough of them for five attempts of half an hour each that stay silent all the time.
 */
const maxDeliver = 100

/**
 * The consumer's `backoff`, generated from the matrix, and `max_deliver`. How often a job may be started in vain is not
 * the consumer's to decide: whoever starts it counts.
 */
export function silencePolicy(pace: number): SilencePolicy {
  const { retries } = retryMatrix.WorkerLostError
  const backoffMs = Array.from({ length: retries }, (_, i) =>
    Math.round(waitSeconds('WorkerLostError', i + 1) * 1000 * pace),
  )
  return { backoffMs, maxDeliver, heartbeatMs: Math.round(Math.min(...backoffMs) / 3) }
}

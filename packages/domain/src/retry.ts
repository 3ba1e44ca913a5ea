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
}

/** Retries that the matrix and the task allow after a failure of this class. */
export function allowedRetries(failureClass: Failure['class'], limit: number): number {
  return Math.min(retryMatrix[failureClass].retries, limit)
}

/** The wait before retry n (from 1) after a failure of this class, seconds; capped, not yet jittered. */
export function waitSeconds(failureClass: Failure['class'], n: number): number {
  return Math.min(longestWaitSeconds, retryMatrix[failureClass].wait(n))
}

/** Reads the retry matrix for one failure. */
export function decideRetry(
  failureClass: Failure['class'],
  { used, limit, random, pace }: RetryCircumstances,
): RetryDecision {
  if (used >= allowedRetries(failureClass, limit)) return { retry: false }
  const waitMs = waitSeconds(failureClass, used + 1) * 1000 * pace
  return { retry: true, delayMs: Math.round(waitMs * (1 - jitter + 2 * jitter * random)) }
}

/** How a domain's consumer treats a worker that fell silent; the WorkerLostError row of the matrix. */
export type SilencePolicy = { backoffMs: number[]; maxDeliver: number; heartbeatMs: number }

/**
 * The consumer's `backoff` and `max_deliver`, generated from the matrix. One delivery more than the row allows
 * is asked for: the worker that sees it writes the job's failure.
 */
export function silencePolicy(pace: number): SilencePolicy {
  const { retries } = retryMatrix.WorkerLostError
  const backoffMs = Array.from({ length: retries }, (_, i) =>
    Math.round(waitSeconds('WorkerLostError', i + 1) * 1000 * pace),
  )
  return { backoffMs, maxDeliver: retries + 2, heartbeatMs: Math.round(Math.min(...backoffMs) / 3) }
}

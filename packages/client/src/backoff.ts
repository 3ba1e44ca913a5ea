import { isPassing, ProblemError } from './problem.ts'

/** Waits between tries: short at first, longer as long as nothing comes of them. */
export type Backoff = {
  /**
   * Waits before the next try.
   * @param error what ended the last try; thrown again when waiting is of no use, or has been for too long
   */
  pause: (error?: unknown) => Promise<void>
  /** Something came of a try. */
  reset: () => void
}

const firstMs = 200
const longestMs = 5000
/** A service that asks to wait is there: only after so much of it in one go its answer is thrown. */
const longestToldMs = 15 * 60_000

/** @param patienceMs how long failures may follow one another before the last of them is thrown */
export function openBackoff(patienceMs: number, signal?: AbortSignal): Backoff {
  let tries = 0
  let failingSince: number | undefined
  let toldMs = 0
  return {
    pause: async (error) => {
      signal?.throwIfAborted()
      const told = toldToWait(error) ?? 0
      if (error === undefined) failingSince = undefined
      else {
        failingSince ??= performance.now()
        if (!isPassing(error) || performance.now() - failingSince - toldMs > patienceMs) throw error
        toldMs += told
        if (toldMs > longestToldMs) throw error
      }
      // Between half and all of the wait, so that many clients of one server do not return together.
      const waitMs = told + Math.min(longestMs, firstMs * 2 ** tries++) * (0.5 + Math.random() / 2)
      await sleep(waitMs, signal)
      signal?.throwIfAborted()
    },
    reset: () => {
      tries = 0
      failingSince = undefined
      toldMs = 0
    },
  }
}

/** Resolves after a while, or when the signal aborts. */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}

/** How long the service has asked to wait, ms; undefined where it has not. */
export function toldToWait(error: unknown): number | undefined {
  return error instanceof ProblemError && error.retryable ? error.retryAfterMs : undefined
}

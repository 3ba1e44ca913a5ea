import { monitorEventLoopDelay } from 'node:perf_hooks'
import { JobFailure } from '@pdf-smaller/contracts'

/** How long a measurement counts. */
const windowMs = 1000

export type LoadShedding = {
  /** @throws JobFailure overloaded, while this process answers so late that more work would make it later */
  takeMore: () => void
  close: () => void
}

/**
 * Watches how late the process gets to its work.
 * @param mostDelayMs the mean delay of a second, beyond which nothing more is taken on; of two in a row, as in one the whole
 * machine may have stood still for a moment
 */
export function openLoadShedding(mostDelayMs: number): LoadShedding {
  const delays = monitorEventLoopDelay({ resolution: 20 })
  delays.enable()
  let [isLate, wasLate] = [false, false]
  let lookedAt = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    // The first turn after a reset is not measured: where a window has no other, all of it was that one.
    const delayMs = delays.count > 0 ? delays.mean / 1e6 : now - lookedAt
    lookedAt = now
    const isLateNow = delayMs > mostDelayMs
    isLate = isLateNow && wasLate
    wasLate = isLateNow
    delays.reset()
  }, windowMs)
  timer.unref()
  return {
    takeMore: () => {
      if (isLate) throw new JobFailure('overloaded')
    },
    close: () => {
      clearInterval(timer)
      delays.disable()
    },
  }
}

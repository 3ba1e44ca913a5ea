import type { JobView } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import type { JobProjection } from '../projection/port.ts'

/**
 * The job as soon as it is decided, or as it is when the time is over, the signal aborts, or a newer release alone knows
 * more of it.
 */
export function waitForOutcome(
  projection: JobProjection,
  job: JobView,
  waitMs: number,
  signal: AbortSignal,
): Promise<JobView> {
  const newest = () => projection.get(job.id) ?? job
  if (waitMs <= 0 || signal.aborted || isDecided(newest())) return Promise.resolve(newest())
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      unwatch()
      signal.removeEventListener('abort', finish)
      resolve(newest())
    }
    const timer = setTimeout(finish, waitMs)
    const unwatch = projection.watch(job.id, (news) => {
      if (news.kind === 'newer' || isDecided(news.job)) finish()
    })
    signal.addEventListener('abort', finish, { once: true })
  })
}

import type { JobView } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import type { ConsumerLag } from '@pdf-smaller/eventstore'
import { giveUp, type Net } from './give-up.ts'
import type { OpenJobs } from './open-jobs.ts'
import { stuckBecause } from './stuck.ts'

/** Looks at all open jobs at a time, and gives those up that were stuck the last time, too, and have not moved since. */
export type Sweep = (now: Date) => Promise<void>

export function openSweep(parts: Net, openJobs: Pick<OpenJobs, 'all'>): Sweep {
  const { backoffMs } = silencePolicy(parts.config.RETRY_PACE)
  const silenceMs = backoffMs.reduce((sum, ms) => sum + ms, 0)
  let suspects = new Map<string, number>()
  return async (now) => {
    const jobs = openJobs.all()
    if (!jobs) return
    const found = new Map<string, number>()
    for (const [domain, own] of Map.groupBy(jobs, (job) => job.domain)) {
      const consumer = await consumerOf(parts, domain)
      for (const job of own) {
        const why = stuckBecause(job, consumer, { now, silenceMs })
        if (why === undefined) continue
        if (suspects.get(job.id) === job.revision) await giveUp(parts, job, 'job_stuck', why)
        else found.set(job.id, job.revision)
      }
    }
    suspects = found
  }
}

/** Undefined where the domain has never had a worker. */
function consumerOf(
  { store }: Pick<Net, 'store'>,
  domain: JobView['domain'],
): Promise<ConsumerLag | undefined> {
  return store.lag(domain).catch(() => undefined)
}

import type { JobView } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import type { ConsumerLag } from '@pdf-smaller/eventstore'

/** The server publishes a due event within a second; a restart of it may take longer. */
const waitGraceMs = 300_000

export type Watch = {
  now: Date
  /** How long a message may stay out after the last sign of its workers, all redeliveries together. */
  silenceMs: number
}

type Judged = Pick<JobView, 'status' | 'nextAttemptAt' | 'queuedBy' | 'queuedAt' | 'startedAt' | 'limits'>

/**
 * Why nobody will work on a job any more; undefined when somebody will, or may.
 * @param consumer that of the job's domain; undefined while the domain never had a worker
 */
export function stuckBecause(
  job: Judged,
  consumer: ConsumerLag | undefined,
  watch: Watch,
): string | undefined {
  if (isDecided(job)) return undefined
  if (job.nextAttemptAt !== undefined) {
    const late = watch.now.getTime() - Date.parse(job.nextAttemptAt)
    return late > waitGraceMs ? `its wait ended at ${job.nextAttemptAt}, and nothing came of it` : undefined
  }
  const { queuedBy } = job
  if (!consumer || queuedBy === undefined || queuedBy > consumer.deliveredUpTo) return undefined
  if (queuedBy <= consumer.acknowledgedUpTo || consumer.out === 0)
    return 'its message is given out no more, and it has no outcome'
  // While no worker is free, its message may be waiting for one.
  return consumer.pulls > 0 ? silentTooLong(job, watch) : undefined
}

function silentTooLong(
  { status, startedAt, queuedAt, limits }: Judged,
  { now, silenceMs }: Watch,
): string | undefined {
  const since = status === 'running' ? startedAt : queuedAt
  if (since === undefined) return undefined
  const silentMs = now.getTime() - Date.parse(since)
  if (silentMs <= limits.hardSeconds * 1000 + silenceMs) return undefined
  return `nothing was heard of it for ${Math.round(silentMs / 60_000)} minutes`
}

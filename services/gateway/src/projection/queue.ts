import type { JobView } from '@pdf-smaller/contracts'
import { type Ahead, expectedRest, expectedWait } from '@pdf-smaller/domain'

/** A job that waits or runs, and how long its attempt is expected to take; undefined without enough to go by. */
export type Queued = {
  queuedBy: number
  startedAt?: string | undefined
  expectedMs: number | undefined
}

/** The jobs of one domain that wait for a worker or have one. */
export type Queue = {
  put: (jobId: string, job: Queued) => void
  remove: (jobId: string) => void
  /**
   * How long a job still waits, ms.
   * @param runMs what it takes itself, and for what jobs of unknown length are taken
   */
  waitOf: (job: Pick<JobView, 'queuedBy' | 'queuedAt'>, runMs: number, now: Date) => number
}

/** A job that has waited longer found no free worker. */
const takenSoonMs = 1000

export function openQueue(): Queue {
  const waiting = new Map<string, Queued>()
  const running = new Map<string, Queued>()
  /** There were so many workers once; fewer while one is away, which shows in jobs that wait. */
  let mostRunning = 0
  let newest = 0
  /** Those among the waiting whose length is known. */
  const known: Ahead = { jobs: 0, ms: 0 }

  const remove = (jobId: string) => {
    const waited = waiting.get(jobId)
    if (waited?.expectedMs !== undefined) {
      known.jobs--
      known.ms -= waited.expectedMs
    }
    waiting.delete(jobId)
    running.delete(jobId)
  }
  /** All that wait stand before a job that is not among them yet; only for one of them each is looked at. */
  const aheadOf = (queuedBy: number, runMs: number): Ahead => {
    if (queuedBy > newest) return { jobs: waiting.size, ms: known.ms + (waiting.size - known.jobs) * runMs }
    const ahead: Ahead = { jobs: 0, ms: 0 }
    for (const { queuedBy: other, expectedMs = runMs } of waiting.values()) {
      if (other >= queuedBy) continue
      ahead.jobs++
      ahead.ms += expectedMs
    }
    return ahead
  }
  return {
    put: (jobId, job) => {
      remove(jobId)
      if (job.startedAt) {
        running.set(jobId, job)
        mostRunning = Math.max(mostRunning, running.size)
        return
      }
      waiting.set(jobId, job)
      newest = Math.max(newest, job.queuedBy)
      if (job.expectedMs === undefined) return
      known.jobs++
      known.ms += job.expectedMs
    },
    remove,
    waitOf: ({ queuedBy = 0, queuedAt = '' }, runMs, now) => {
      const ahead = aheadOf(queuedBy, runMs)
      const isNew = now.getTime() - Date.parse(queuedAt) < takenSoonMs
      if (isNew && running.size + ahead.jobs < mostRunning) return 0
      const rests = Array.from(running.values(), ({ startedAt = '', expectedMs = runMs }) =>
        expectedRest(expectedMs, now.getTime() - Date.parse(startedAt)),
      )
      return expectedWait(rests, ahead)
    },
  }
}

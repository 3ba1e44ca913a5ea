import type { Forecast, JobView } from '@pdf-smaller/contracts'
import { expectedRest, isDecided, type Size } from '@pdf-smaller/domain'
import { type ForecastErrors, openErrors } from './forecast-errors.ts'
import { openQueue, type Queue } from './queue.ts'
import { openRunSamples } from './run-samples.ts'

/** What is expected of the jobs that wait and run, by those that were completed before. */
export type Forecasts = {
  /** Told of a job after each of its events. */
  observe: (job: JobView) => void
  /** Told of a job with its newest progress, in which it may tell of its pages. */
  observeProgress: (job: JobView) => void
  forget: (jobId: string) => void
  /** Forgets all jobs that wait or run; what is known of run times stays true. */
  forgetAll: () => void
  /** From now on jobs are expected something of when they are requested; a rebuild has no time for that. */
  begin: () => void
  of: (job: JobView, now: Date) => Forecast | undefined
  errors: () => ForecastErrors
}

/** Nobody minds a wait that is shorter. */
const leastWaitMs = 1000

/** What was expected of a job when it was put into the queue, ms; undefined without enough to go by. */
type Foretold = { runMs?: number | undefined; waitMs?: number | undefined }
type Open = { domain: string; status: JobView['status']; pages?: number; foretold: Foretold }

export function openForecasts(): Forecasts {
  const samples = openRunSamples()
  const open = new Map<string, Open>()
  let queueOf = openQueues()
  const errors = { runs: openErrors(1), waits: openErrors(leastWaitMs) }
  let begun = false

  const expect = (job: JobView) => samples.expect(job.task, sizeOf(job, open.get(job.id)?.pages))
  const foretell = (job: JobView): Foretold => {
    const runMs = begun ? expect(job) : undefined
    if (runMs === undefined || job.status !== 'queued') return { runMs }
    const queuedAt = new Date(job.queuedAt ?? job.requestedAt)
    return { runMs, waitMs: queueOf(job.domain).waitOf(job, runMs, queuedAt) }
  }
  const leave = (jobId: string) => {
    const left = open.get(jobId)
    if (left && open.delete(jobId)) queueOf(left.domain).remove(jobId)
    return left?.foretold
  }
  const put = (job: JobView, entry: Open) => {
    open.set(job.id, entry)
    const expectedMs = entry.pages === undefined ? entry.foretold.runMs : expect(job)
    const running = job.status === 'running' ? { startedAt: job.startedAt } : {}
    queueOf(job.domain).put(job.id, { queuedBy: job.queuedBy ?? 0, expectedMs, ...running })
  }
  return {
    observe: (job) => {
      if (isDecided(job) || job.nextAttemptAt) {
        const foretold = leave(job.id)
        if (job.status !== 'completed' || job.expired || job.reusedFrom || !job.measures) return
        const { runMs, pages } = job.measures
        errors.runs.note(foretold?.runMs, runMs)
        samples.add(job.task, { ...sizeOf(job, pages), runMs })
        return
      }
      const known = open.get(job.id)
      const { domain, status } = job
      const entry = { ...known, domain, status, foretold: known?.foretold ?? foretell(job) }
      if (known?.status === 'queued' && status === 'running')
        errors.waits.note(entry.foretold.waitMs, waitedMs(job))
      put(job, entry)
    },
    observeProgress: (job) => {
      const pages = job.progress?.pages
      const known = open.get(job.id)
      if (known && pages !== undefined && known.pages !== pages) put(job, { ...known, pages })
    },
    forget: leave,
    forgetAll: () => {
      open.clear()
      queueOf = openQueues()
      begun = false
    },
    begin: () => void (begun = true),
    of: (job, now) => {
      const runMs = isDecided(job) ? undefined : expect(job)
      return runMs === undefined ? undefined : forecastOf(job, runMs, queueOf(job.domain), now)
    },
    errors: () => ({ runs: errors.runs.typical(), waits: errors.waits.typical() }),
  }
}

function openQueues(): (domain: string) => Queue {
  const queues = new Map<string, Queue>()
  return (domain) => {
    const queue = queues.get(domain) ?? openQueue()
    queues.set(domain, queue)
    return queue
  }
}

function forecastOf(job: JobView, runMs: number, queue: Queue, now: Date): Forecast {
  if (job.status === 'running') {
    const startMs = Date.parse(job.startedAt ?? job.requestedAt)
    const restMs = expectedRest(runMs, now.getTime() - startMs)
    return { startsAt: iso(startMs), endsAt: iso(now.getTime() + restMs) }
  }
  const startMs = job.nextAttemptAt
    ? Math.max(Date.parse(job.nextAttemptAt), now.getTime())
    : now.getTime() + queue.waitOf(job, runMs, now)
  return { startsAt: iso(startMs), endsAt: iso(startMs + runMs) }
}

const sizeOf = ({ inputs }: JobView, pages: number | undefined): Size => ({
  bytes: inputs.reduce((total, { size }) => total + size, 0),
  pages,
})

const waitedMs = ({ startedAt = '', queuedAt = '' }: JobView) => Date.parse(startedAt) - Date.parse(queuedAt)

const iso = (ms: number) => new Date(Math.round(ms)).toISOString()

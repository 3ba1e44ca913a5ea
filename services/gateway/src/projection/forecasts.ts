import type { Forecast, JobView } from '@pdf-smaller/contracts'
import {
  errorFactor,
  expectedRest,
  expectedRun,
  expectedWait,
  isDecided,
  median,
  type RunSample,
} from '@pdf-smaller/domain'

/** How good the expectations of run times were: the median of how far the newest were off, 1 when they were right. */
export type ForecastError = { jobs: number; typicalFactor?: number }

/** What is expected of the jobs that wait and run, by those that were completed before. */
export type Forecasts = {
  /** Told of a job after each of its events. */
  observe: (job: JobView) => void
  forget: (jobId: string) => void
  /** From now on jobs are expected something of when they are requested; a rebuild has no time for that. */
  begin: () => void
  of: (job: JobView, now: Date) => Forecast | undefined
  error: () => ForecastError
}

const samplesKept = 60
const errorsKept = 300

type Open = {
  domain: string
  queuedBy: number
  startedAt?: string | undefined
  expectedMs: number | undefined
}

export function openForecasts(): Forecasts {
  const samples = new Map<string, RunSample[]>()
  const open = new Map<string, Open>()
  const errors: number[] = []
  let begun = false

  const expectation = ({ task, inputs }: JobView) => expectedRun(samples.get(task) ?? [], bytesOf(inputs))
  const learn = (job: JobView, expectedMs: number | undefined) => {
    if (!job.measures || job.reusedFrom) return
    const { bytesIn: bytes, runMs } = job.measures
    if (expectedMs !== undefined) push(errors, errorFactor(expectedMs, runMs), errorsKept)
    const own = samples.get(job.task) ?? []
    samples.set(job.task, own)
    push(own, { bytes, runMs }, samplesKept)
  }
  return {
    observe: (job) => {
      const known = open.get(job.id)
      if (isDecided(job) || job.nextAttemptAt) {
        open.delete(job.id)
        if (job.status === 'completed' && !job.expired) learn(job, known?.expectedMs)
        return
      }
      const { domain, queuedBy = 0 } = job
      const startedAt = job.status === 'running' ? job.startedAt : undefined
      const expectedMs = known ? known.expectedMs : begun ? expectation(job) : undefined
      open.set(job.id, { domain, queuedBy, startedAt, expectedMs })
    },
    forget: (jobId) => void open.delete(jobId),
    begin: () => void (begun = true),
    of: (job, now) => {
      const runMs = isDecided(job) ? undefined : expectation(job)
      if (runMs === undefined) return undefined
      const startMs = startOf(job, now, runMs, open)
      const endMs =
        job.status === 'running'
          ? now.getTime() + expectedRest(runMs, now.getTime() - startMs)
          : startMs + runMs
      return { startsAt: iso(startMs), endsAt: iso(endMs) }
    },
    error: () => ({ jobs: errors.length, ...(errors.length > 0 ? { typicalFactor: median(errors) } : {}) }),
  }
}

/** When a job starts, or started, ms since the epoch. Jobs of unknown length are taken to be as long as this one. */
function startOf(job: JobView, now: Date, runMs: number, open: ReadonlyMap<string, Open>): number {
  if (job.nextAttemptAt) return Math.max(Date.parse(job.nextAttemptAt), now.getTime())
  if (job.status === 'running') return Date.parse(job.startedAt ?? job.requestedAt)
  const running: number[] = []
  const ahead: number[] = []
  for (const { domain, queuedBy, startedAt, expectedMs = runMs } of open.values()) {
    if (domain !== job.domain) continue
    if (startedAt) running.push(expectedRest(expectedMs, now.getTime() - Date.parse(startedAt)))
    else if (queuedBy < (job.queuedBy ?? 0)) ahead.push(expectedMs)
  }
  return now.getTime() + expectedWait(running, ahead)
}

const bytesOf = (inputs: JobView['inputs']) => inputs.reduce((total, { size }) => total + size, 0)

const iso = (ms: number) => new Date(Math.round(ms)).toISOString()

function push<T>(list: T[], value: T, most: number): void {
  list.push(value)
  if (list.length > most) list.shift()
}

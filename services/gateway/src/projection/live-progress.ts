import { jobAddress, JobProgressed, type JobView, type Progress } from '@pdf-smaller/contracts'
import type { NatsConnection } from '@nats-io/transport-node'
import type { JobNews } from './port.ts'

/** The progress of the attempts that run now; it is told and forgotten, never part of a job's history. */
export type LiveProgress = { of: (job: JobView) => Progress | undefined; close: () => void }

/** Attempts whose progress is kept; a lost one only shows none until its next step. */
const kept = 10_000

export function followProgress(
  connection: NatsConnection,
  jobOf: (jobId: string) => JobView | undefined,
  tell: (jobId: string, news: Extract<JobNews, { kind: 'progress' }>) => void,
): LiveProgress {
  const newest = new Map<string, Progress>()
  const subscription = connection.subscribe('progress.>', {
    callback: (error, message) => {
      const jobId = error ? undefined : jobAddress(message.subject)?.jobId
      const job = jobId ? jobOf(jobId) : undefined
      const event = job && eventIn(message.string())
      if (!job || !event || !belongs(event.data, job)) return
      newest.delete(job.id)
      newest.set(job.id, event.data)
      const [oldest] = newest.size > kept ? newest.keys() : []
      if (oldest) newest.delete(oldest)
      tell(job.id, { kind: 'progress', event, job: { ...job, progress: event.data } })
    },
  })
  return {
    of: (job) => {
      const progress = newest.get(job.id)
      return progress && belongs(progress, job) ? progress : undefined
    },
    close: () => {
      if (!connection.isClosed()) subscription.unsubscribe()
    },
  }
}

const belongs = (progress: Progress, job: JobView) =>
  job.status === 'running' && progress.attempt === job.attempt

function eventIn(payload: string): JobProgressed | undefined {
  try {
    return JobProgressed.parse(JSON.parse(payload))
  } catch {
    return undefined
  }
}

import { type JobEvent, type JobView, phaseOf, type Progress } from '@pdf-smaller/contracts'
import type { JobAnswer } from '@pdf-smaller/contracts/http'
import { openBackoff } from './backoff.ts'
import { follow, type News } from './follow.ts'
import type { Http } from './http.ts'

export type WaitOptions = {
  onProgress?: (progress: Progress) => void
  /** Told of every event once, from the request on. */
  onEvent?: (event: JobEvent) => void
  /** Ends the waiting with its reason; the job goes on. */
  signal?: AbortSignal | undefined
  /** How long the service may be away before its absence is thrown. */
  patienceMs?: number
  /** After so long without a sign of life the connection counts as lost. */
  silenceMs?: number
}

const usualPatienceMs = 60_000

export const isEnded = ({ status }: Pick<JobView, 'status'>) =>
  status === 'completed' || status === 'failed' || status === 'cancelled'

/** Follows a job until it has ended, over any number of connections. */
export async function waitForJob(
  http: Http,
  get: (signal: AbortSignal | undefined) => Promise<JobAnswer>,
  jobId: string,
  { onProgress, onEvent, signal, patienceMs = usualPatienceMs, silenceMs }: WaitOptions,
): Promise<JobAnswer> {
  const backoff = openBackoff(patienceMs, signal)
  let after: string | undefined
  let outcomeSeen = false
  const onNews = (news: News) => {
    backoff.reset()
    if (news.kind === 'progress') return onProgress?.(news.event.data)
    after = news.sequence
    outcomeSeen ||= phaseOf[news.event.type] === 'outcome'
    onEvent?.(news.event)
  }
  for (;;) {
    let failure: unknown
    try {
      // Behind the outcome there is nothing to follow, though a replica that lags behind may not know it yet.
      if (!outcomeSeen) await follow(http, jobId, { after, signal, silenceMs }, onNews)
      const job = await get(signal)
      if (isEnded(job)) {
        // It ended between two connections: the rest of its events is there to be read.
        if (!outcomeSeen) await follow(http, jobId, { after, signal, silenceMs }, onNews)
        return job
      }
    } catch (error) {
      failure = error
    }
    await backoff.pause(failure)
  }
}

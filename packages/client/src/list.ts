import type { JobStatus } from '@pdf-smaller/contracts'
import { type JobAnswer, listJobs } from '@pdf-smaller/contracts/http'
import type { Http } from './http.ts'
import { wordsOf } from './query.ts'

/** What jobs are picked by. */
export type JobFilter = {
  status?: JobStatus | undefined
  task?: string | undefined
  tag?: string | undefined
  batchId?: string | undefined
  replayOf?: string | undefined
  requestedAfter?: Date | undefined
  requestedBefore?: Date | undefined
  /** Jobs that one request brings; all of them are listed in any case. */
  pageSize?: number | undefined
}

/** Jobs, the newest first, page by page. */
export async function* listedJobs(
  http: Http,
  { signal, pageSize, ...filter }: JobFilter & { signal?: AbortSignal | undefined },
): AsyncGenerator<JobAnswer> {
  const query = wordsOf({ ...filter, limit: pageSize })
  for (;;) {
    const page = await http.read(listJobs, { query, signal })
    yield* page.jobs
    if (page.nextCursor === undefined) return
    query['cursor'] = page.nextCursor
  }
}

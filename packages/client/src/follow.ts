import { JobEvent, JobProgressed } from '@pdf-smaller/contracts'
import { followJob } from '@pdf-smaller/contracts/http'
import type { Http } from './http.ts'
import { jsonOf } from './problem.ts'
import { type Listening, serverSentEvents } from './sse.ts'

/** What the live stream of a job tells: an event with its place in the store, or progress. */
export type News =
  | { kind: 'event'; sequence: string; event: JobEvent }
  | { kind: 'progress'; event: JobProgressed }

type Following = Listening & {
  /** The sequence of the last event seen; the stream goes on behind it (`Last-Event-ID`). */
  after: string | undefined
}

/**
 * Reads the server-sent events of a job until the stream ends: behind the outcome, or when the gateway is stopped.
 * News of a kind that this client does not know are left out.
 * @throws ProblemError, UnreachableError
 */
export async function follow(
  http: Http,
  jobId: string,
  { after, ...listening }: Following,
  onNews: (news: News) => void,
): Promise<void> {
  const asking = { params: { id: jobId }, headers: after ? { 'last-event-id': after } : {} }
  for await (const { id, data } of serverSentEvents(http, followJob, asking, listening)) {
    const news = newsIn(id, data)
    if (news) onNews(news)
  }
}

/** What an event of a stream tells; undefined for what this client does not know. */
export function newsIn(id: string | undefined, data: string | undefined): News | undefined {
  const value = data === undefined ? undefined : jsonOf(data)
  if (id === undefined) {
    const progress = JobProgressed.safeParse(value)
    return progress.success ? { kind: 'progress', event: progress.data } : undefined
  }
  const event = JobEvent.safeParse(value)
  return event.success ? { kind: 'event', sequence: id, event: event.data } : undefined
}

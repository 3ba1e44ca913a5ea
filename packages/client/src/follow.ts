import { JobEvent, JobProgressed } from '@pdf-smaller/contracts'
import { followJob } from '@pdf-smaller/contracts/http'
import { createParser } from 'eventsource-parser'
import type { Http } from './http.ts'
import { jsonOf, UnreachableError } from './problem.ts'

/** What the live stream of a job tells: an event with its place in the store, or progress. */
export type News =
  | { kind: 'event'; sequence: string; event: JobEvent }
  | { kind: 'progress'; event: JobProgressed }

/** The service sends something every 15 s; a connection that is silent for longer is lost. */
const usualSilenceMs = 45_000

type Following = {
  /** The sequence of the last event seen; the stream goes on behind it (`Last-Event-ID`). */
  after: string | undefined
  signal?: AbortSignal | undefined
  silenceMs?: number | undefined
}

/**
 * Reads the server-sent events of a job until the stream ends: behind the outcome, or when the gateway is stopped.
 * News of a kind that this client does not know are left out.
 * @throws ProblemError, UnreachableError
 */
export async function follow(
  http: Http,
  jobId: string,
  { after, signal, silenceMs = usualSilenceMs }: Following,
  onNews: (news: News) => void,
): Promise<void> {
  const silence = new AbortController()
  const lost = new UnreachableError(`the connection was silent for ${silenceMs / 1000} s`)
  const timer = setTimeout(() => silence.abort(lost), silenceMs)
  const either = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal
  const parser = createParser({
    onEvent: ({ id, data }) => {
      const news = newsIn(id, data)
      if (news) onNews(news)
    },
  })
  const text = new TextDecoder()
  try {
    const response = await http.request(followJob, {
      params: { id: jobId },
      headers: { accept: 'text/event-stream', ...(after ? { 'last-event-id': after } : {}) },
      signal: either,
      once: true,
    })
    for await (const chunk of http.body(response, either)) {
      timer.refresh()
      parser.feed(text.decode(chunk, { stream: true }))
    }
  } finally {
    clearTimeout(timer)
  }
}

function newsIn(id: string | undefined, data: string): News | undefined {
  const value = jsonOf(data)
  if (id === undefined) {
    const progress = JobProgressed.safeParse(value)
    return progress.success ? { kind: 'progress', event: progress.data } : undefined
  }
  const event = JobEvent.safeParse(value)
  return event.success ? { kind: 'event', sequence: id, event: event.data } : undefined
}

import { failures, type JobEventType } from '@pdf-smaller/contracts'
import { FeedEnd, feedEnded, followEvents, statusOf } from '@pdf-smaller/contracts/http'
import { openBackoff } from './backoff.ts'
import { type News, newsIn } from './follow.ts'
import type { Http } from './http.ts'
import { jsonOf, ProblemError } from './problem.ts'
import { wordsOf } from './query.ts'
import { serverSentEvents } from './sse.ts'

export type EventsOptions = {
  /** The first sequence that may come, 0 for all that are kept; or a time. What is stored from now on, where it is left out. */
  from?: number | Date | undefined
  /** The sequence of the last event that was seen, as `News` has it; counts more than `from`. */
  after?: string | undefined
  task?: string | undefined
  types?: readonly JobEventType[] | undefined
  tag?: string | undefined
  /** Also how far running jobs are; what is not taken in time is left out. */
  progress?: boolean | undefined
  /** `false` ends the reading behind what is stored now. */
  live?: boolean | undefined
  /** Another tenant than that of the key, or `*` for all, where the key allows it. */
  tenant?: string | undefined
  /** Ends the reading, which throws its reason. So does leaving the loop, without a word. */
  signal?: AbortSignal | undefined
  /** How long the service may be away before its absence is thrown. */
  patienceMs?: number | undefined
  /** After so long without a sign of life the connection counts as lost. */
  silenceMs?: number | undefined
}

const usualPatienceMs = 60_000

/**
 * Every event of a tenant once and in order, for good where nothing else is asked for: after a lost connection it goes on behind the last one.
 * @throws ProblemError, also when the place is lost; UnreachableError; the reason of `signal`
 */
export async function* tenantEvents(
  http: Http,
  { after: given, signal, patienceMs = usualPatienceMs, silenceMs, ...wanted }: EventsOptions = {},
): AsyncGenerator<News, void, undefined> {
  const backoff = openBackoff(patienceMs, signal)
  const query = queryOf(wanted)
  let after = given
  for (;;) {
    let failure: unknown
    try {
      const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': after }
      const events = serverSentEvents(http, followEvents, { query, headers }, { signal, silenceMs })
      for await (const { id, type, data } of events) {
        if (type === feedEnded) failure = endIn(data)
        const news = newsIn(id, data)
        if (news) yield news
        after = id ?? after
        if (type !== feedEnded) backoff.reset()
      }
      if (wanted.live === false && failure === undefined) return
    } catch (error) {
      failure = error
    }
    await backoff.pause(failure)
  }
}

function queryOf({ from, task, types, tag, progress, live, tenant }: EventsOptions): Record<string, string> {
  const isLive = live === false ? false : undefined
  return wordsOf({
    from,
    task,
    type: types?.join(','),
    tag,
    progress: progress || undefined,
    live: isLive,
    tenant,
  })
}

/** Why the service has ended the stream, as the problem that asking again would end in. */
function endIn(data: string | undefined): ProblemError | undefined {
  const end = FeedEnd.safeParse(jsonOf(data ?? ''))
  if (!end.success) return undefined
  const { code, message, retryable } = end.data.failure
  return new ProblemError({
    code,
    status: statusOf(code),
    title: failures[code].title,
    detail: message,
    retryable,
    traceId: undefined,
  })
}

import { JobFailure } from '@pdf-smaller/contracts'
import { followEvents } from '@pdf-smaller/contracts/http'
import { openPlaces } from '@pdf-smaller/platform'
import { followedTenant } from '../access/followed-tenant.ts'
import type { App, Context } from '../context.ts'
import { type FeedStream, openFeedStream } from '../feed/feed-stream.ts'
import { type FeedFilter, isFollowed } from '../feed/item.ts'
import { type Telling, tellEvents } from '../feed/tell.ts'
import { type ReplyOf, type RequestOf, serve } from '../http/serve.ts'
import { checkTasks } from '../integrators/wanted.ts'
import { failureOfRequest } from '../problem.ts'

const heartbeatMs = 15_000

type Request = RequestOf<typeof followEvents>
type Reply = ReplyOf<typeof followEvents>
type Asked = { filter: FeedFilter; from: number | Date; leave: () => void }

/** All events of a tenant, or of all tenants for whom that is allowed. */
export function events(app: App, context: Context): void {
  const places = openPlaces()
  const most = context.config.FEED_FOLLOWERS
  serve(app, followEvents, async (request, reply) => {
    const { caller, query } = request
    const { task, tag, type: types } = query
    const filter: FeedFilter = { tenant: followedTenant(caller, query.tenant), task, tag, types }
    if (task !== undefined) checkTasks(context, [task])
    const { from, isEnd } = await startOf(context, request)
    // A browser that is told so does not come again.
    if (isEnd && !query.live) return void reply.code(204).send()
    const leave = places.take(caller.tenant, most)
    if (!leave) throw new JobFailure('too_many_followers', `${most} are open at this gateway`)
    follow(context, request, reply, { filter, from, leave })
  })
}

/** Where a feed begins, and whether nothing is stored behind that. @throws JobFailure position_lost; StoreUnavailable */
async function startOf(
  { store }: Pick<Context, 'store'>,
  { headers, query }: Request,
): Promise<{ from: number | Date; isEnd: boolean }> {
  const given = headers['last-event-id'] ?? behind(query.from)
  if (given instanceof Date) return { from: given, isEnd: false }
  const last = await store.lastSequence()
  if (given === undefined) return { from: last, isEnd: true }
  if (given > last) throw new JobFailure('position_lost', `${given} is behind the last event, ${last}`)
  return { from: given, isEnd: given === last }
}

const behind = (from: number | Date | undefined) => (typeof from === 'number' ? Math.max(0, from - 1) : from)

/** Answers with the events, until the client leaves or there is a reason to end. */
function follow(context: Context, { caller, query, method }: Request, reply: Reply, asked: Asked): void {
  const { closing, config, projection } = context
  const { filter, from, leave } = asked
  const ending = new AbortController()
  const { signal } = ending
  const stop = () => ending.abort(new JobFailure('shutting_down'))
  const stream = takeOver(reply, { stallMs: config.FEED_STALL_SECONDS * 1000, signal })
  let telling: Telling | undefined
  const unfollow = projection.recent.follow(({ job, event }) => {
    if (query.progress && telling?.isLive() && isFollowed(filter, job)) stream.offer(event)
  })
  const beating = setInterval(() => {
    if (caller.stands()) stream.beat(telling?.place())
    else ending.abort(new JobFailure('unauthorized', 'the key is not valid any more'))
  }, heartbeatMs)
  closing.addEventListener('abort', stop)
  if (closing.aborted || method === 'HEAD') stop()
  // Nobody is left to be told why.
  reply.raw.once('close', stop)
  telling = tellEvents(context, { filter, from, live: query.live, send: stream.send, signal })
  const { place, ended } = telling
  stream.beat(place())
  const release = () => {
    clearInterval(beating)
    closing.removeEventListener('abort', stop)
    unfollow()
    leave()
  }
  ended.finally(release).then(
    () => {
      stream.beat(place())
      stream.end()
    },
    (error: unknown) => endWith(context, stream, error),
  )
}

function endWith({ log }: Pick<Context, 'log'>, stream: FeedStream, error: unknown): void {
  const failure = failureOfRequest(error)
  if (failure.code === 'internal_error') log.error({ err: error }, 'a bug ended a feed of events')
  stream.end(failure)
}

function takeOver(reply: Reply, limits: { stallMs: number; signal: AbortSignal }): FeedStream {
  const headers = Object.fromEntries(
    Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
  )
  reply.hijack()
  return openFeedStream(reply.raw, headers, limits)
}

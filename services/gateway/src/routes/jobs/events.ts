import type { JobView } from '@pdf-smaller/contracts'
import { followJob } from '@pdf-smaller/contracts/http'
import { isDecided } from '@pdf-smaller/domain'
import type { App, Context } from '../../context.ts'
import { type EventStream, openEventStream } from '../../http/event-stream.ts'
import { type ReplyOf, serve } from '../../http/serve.ts'
import { findJob } from '../../jobs/find.ts'
import { readFacts } from '../../jobs/history.ts'
import type { JobNews } from '../../projection/port.ts'

/** Progress that waits behind the replay of one stream. */
const mostProgressKept = 100

export function events(app: App, context: Context): void {
  serve(app, followJob, async (request, reply) => {
    const job = await findJob(context, request.caller.tenant, request.params.id)
    const after = request.headers['last-event-id'] ?? 0
    if (isDecided(job) && after >= job.revision) void reply.code(204).send()
    else await replayAndFollow(context, job, after, reply)
  })
}

type Reply = ReplyOf<typeof followJob>

/** Replays what the client has not seen, then goes on live; events that happen meanwhile wait for their turn. */
async function replayAndFollow(context: Context, job: JobView, after: number, reply: Reply): Promise<void> {
  const { projection, closing } = context
  const meanwhile: JobNews[] = []
  let onNews = (news: JobNews) => {
    if (news.kind !== 'progress' || meanwhile.length < mostProgressKept) meanwhile.push(news)
  }
  const unwatch = projection.watch(job.id, (news) => onNews(news))
  try {
    const facts = await readFacts(
      context,
      projection.sequences(job.id).filter((sequence) => sequence > after),
    )
    const stream = takeOver(reply, () => {
      unwatch()
      closing.removeEventListener('abort', end)
    })
    const end = () => stream.end()
    closing.addEventListener('abort', end, { once: true })
    const forward = forwarder(stream, after)
    // What followed the outcome is told, too, so only what comes from now on ends the stream.
    for (const fact of facts) forward({ kind: 'event', job, ...fact })
    const forwardLive = (news: JobNews) => {
      forward(news)
      // Also behind an outcome that the client has seen elsewhere: there is nothing left to wait for.
      if (endsStream(news)) end()
    }
    for (const news of meanwhile) forwardLive(news)
    onNews = (news) => {
      forwardLive(news)
      if (news.kind === 'event') tellForecast(context, stream, news.job)
    }
    tellForecast(context, stream, projection.get(job.id) ?? job)
    if (closing.aborted || reply.request.method === 'HEAD' || isDecided(projection.get(job.id) ?? job)) end()
  } catch (error) {
    unwatch()
    throw error
  }
}

/** When the job is expected to start and to end; told at the beginning and after each event, without an id. */
function tellForecast({ projection, clock }: Context, stream: EventStream, job: JobView): void {
  const forecast = projection.forecast(job, clock())
  if (forecast)
    stream.sendIfRoom('pdfsmaller.job.forecast.v1', JSON.stringify({ jobId: job.id, ...forecast }))
}

function takeOver(reply: Reply, onClose: () => void): EventStream {
  const headers = Object.fromEntries(
    Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
  )
  reply.hijack()
  return openEventStream(reply.raw, headers, onClose)
}

/** Sends each event once, in order. */
function forwarder(stream: EventStream, after: number): (news: JobNews) => void {
  let last = after
  return (news) => {
    if (news.kind === 'newer') return
    if (news.kind === 'progress') return stream.sendIfRoom(news.event.type, JSON.stringify(news.event))
    if (news.sequence > last) {
      last = news.sequence
      stream.send(news.sequence, news.event.type, JSON.stringify(news.event))
    }
  }
}

function endsStream(news: JobNews): boolean {
  // Whoever asks again is told why there is no more here, or reads on at a gateway of that release.
  if (news.kind !== 'event') return news.kind === 'newer'
  const { type } = news.event
  return (
    type === 'pdfsmaller.job.completed.v1' ||
    type === 'pdfsmaller.job.failed.v1' ||
    type === 'pdfsmaller.job.cancelled.v1'
  )
}

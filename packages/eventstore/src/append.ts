import { headers, type Msg, type MsgHdrs, type NatsConnection, nuid } from '@nats-io/transport-node'
import { z } from 'zod'
import { checkAmong } from './among-entries.ts'
import { checkEntries, expectationOf, type NewEntry, payloadOf, subjectOf } from './entry.ts'
import { ApiError, Conflict, StoreFull, StoreRefused, StoreUnavailable, storeError } from './errors.ts'
import { expectNothing, type Look, storedAsWhole, storedBefore } from './own-entries.ts'
import type { Identified } from './recorded.ts'
import { type Request, unsent } from './requester.ts'

export type AppendContext = {
  connection: NatsConnection
  request: Request
  look: Look
  /** Of messages that are events; what is repeated is plain JSON. */
  contentType: string
  streamName: string
  /** Whether the stream takes a subject in. */
  isOwn: (subject: string) => boolean
  /** Ends the trying, with its reason. */
  closed: AbortSignal
}

const Ack = z.object({
  /** Whose answer it is, also beside an error. */
  stream: z.string().optional(),
  /** 0 beside an error. */
  seq: z.number().optional(),
  error: ApiError.optional(),
})

const tryTimeoutMs = 2000
const pauseMs = 100

/**
 * Stores all entries or none and gives the sequence of each.
 * An acknowledgement that got lost is resolved by repeating, and on a conflict by looking whether what is stored is ours.
 * @throws Conflict, StoreFull, StoreUnavailable (after `patienceMs`), StoreRefused
 */
export async function append<E extends Identified>(
  context: AppendContext,
  entries: readonly NewEntry<E>[],
  patienceMs: number,
): Promise<number[]> {
  checkEntries(entries, context.isOwn)
  checkAmong(entries)
  const deadline = Date.now() + patienceMs
  for (let uncertain = false; ; uncertain = true) {
    context.closed.throwIfAborted()
    try {
      const timeoutMs = Math.min(tryTimeoutMs, Math.max(100, deadline - Date.now()))
      return await (uncertain ? repeat(context, entries, timeoutMs) : publish(context, entries, timeoutMs))
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || Date.now() + pauseMs > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/** Publishes what an earlier try may have stored. */
async function repeat<E extends Identified>(
  context: AppendContext,
  entries: readonly NewEntry<E>[],
  timeoutMs: number,
): Promise<number[]> {
  if (expectNothing(entries)) {
    const stored = await storedBefore(context.look, entries)
    if (stored.length === entries.length) return stored
  }
  try {
    return await publish(context, entries, timeoutMs)
  } catch (error) {
    const own = error instanceof Conflict && (await storedAsWhole(context.look, entries))
    if (own) return own
    throw error
  }
}

/**
 * Appends again what a full server has refused. One that gets full in the middle of a batch keeps the first part of it,
 * against its promise (seen with 2.14.5 and 2.15.2): the rest follows that, so the sequences may not.
 * @throws as `append`; StoreUnavailable when a part is stored and there is no room for the rest
 */
export async function appendRest<E extends Identified>(
  context: AppendContext,
  entries: readonly NewEntry<E>[],
  patienceMs: number,
): Promise<number[]> {
  const stored = await storedBefore(context.look, entries)
  if (stored.length === 0) return append(context, entries, patienceMs)
  if (stored.length === entries.length) return stored
  try {
    return [...stored, ...(await append(context, entries.slice(stored.length), patienceMs))]
  } catch (cause) {
    if (!(cause instanceof StoreFull)) throw cause
    const what = `${stored.length} of ${entries.length} events were stored`
    throw new StoreUnavailable(`${what}, and there is no room left`, { cause })
  }
}

function publish<E extends Identified>(
  context: AppendContext,
  entries: readonly NewEntry<E>[],
  timeoutMs: number,
): Promise<number[]> {
  const [only] = entries
  if (!only || entries.length > 1) return publishBatch(context, entries, timeoutMs)
  const { request, streamName } = context
  const options = { headers: headersOf(only, context), timeoutMs }
  return request(subjectOf(only), payloadOf(only), options).then((reply) => [sequenceOf(reply, streamName)])
}

/** Atomic batch (NATS ADR-50). The client's own helper loses the expectations, so the headers are written here. */
async function publishBatch<E extends Identified>(
  context: AppendContext,
  entries: readonly NewEntry<E>[],
  timeoutMs: number,
): Promise<number[]> {
  const { connection, request, streamName } = context
  const batch = nuid.next()
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1
    const h = headersOf(entry, context)
    h.set('Nats-Batch-Id', batch)
    h.set('Nats-Batch-Sequence', String(index + 1))
    if (last) h.set('Nats-Batch-Commit', '1')
    const payload = payloadOf(entry)
    if (index > 0 && !last) {
      send(connection, subjectOf(entry), payload, h)
      continue
    }
    const reply = await request(subjectOf(entry), payload, { headers: h, timeoutMs })
    if (last) {
      const first = sequenceOf(reply, streamName) - index
      return entries.map((_, i) => first + i)
    }
    // The server answers the first message of a batch without a word, where it takes it.
    if (reply.data.length > 0) sequenceOf(reply, streamName)
  }
  throw new RangeError('an empty batch')
}

function send(connection: NatsConnection, subject: string, payload: string, headers: MsgHdrs): void {
  try {
    connection.publish(subject, payload, { headers })
  } catch (cause) {
    throw unsent(connection, cause)
  }
}

function headersOf(
  entry: NewEntry<Identified>,
  { contentType, streamName }: Pick<AppendContext, 'contentType' | 'streamName'>,
): MsgHdrs {
  const h = headers()
  h.set('content-type', 'event' in entry ? contentType : 'application/json')
  // Another stream may keep the subject by now: it is not to take the event.
  h.set('Nats-Expected-Stream', streamName)
  if ('stream' in entry) {
    const { revision, filter } = expectationOf(entry)
    if (revision !== undefined) {
      h.set('Nats-Expected-Last-Subject-Sequence', String(revision))
      h.set('Nats-Expected-Last-Subject-Sequence-Subject', filter)
    }
    if (entry.endsSchedule) {
      h.set('Nats-Scheduler', entry.endsSchedule)
      h.set('Nats-Schedule-Next', 'purge')
    }
    return h
  }
  h.set('Nats-Schedule', 'when' in entry ? `@at ${entry.when.toISOString()}` : entry.cron)
  h.set('Nats-Schedule-Target', entry.target)
  // Without it the schedule would age out with the stream, silently.
  h.set('Nats-TTL', 'never')
  return h
}

/** The sequence in the acknowledgement of a stream. @throws what it tells of in place of one; StoreRefused when another stream answers */
export function sequenceOf(reply: Msg, streamName: string): number {
  const { error, seq, stream = streamName } = ackIn(reply)
  if (stream !== streamName)
    throw new StoreRefused(
      `the stream ${stream} answers for a subject of ${streamName}`,
      error?.err_code ?? 0,
    )
  if (error) throw storeError(error)
  if (!seq) throw new StoreRefused('the event store acknowledged without a sequence', 0)
  return seq
}

function ackIn(reply: Msg): z.infer<typeof Ack> {
  try {
    return Ack.parse(reply.json())
  } catch (cause) {
    throw new StoreRefused('the event store answered what is no acknowledgement', 0, { cause })
  }
}

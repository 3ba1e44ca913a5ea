import { headers, type Msg, type MsgHdrs, type NatsConnection, nuid } from '@nats-io/transport-node'
import { z } from 'zod'
import { Conflict, StoreFull, StoreUnavailable, storeError } from './errors.ts'
import type { Identified } from './recorded.ts'
import type { Request } from './requester.ts'

/** An event to be stored as the newest of its stream. */
export type NewEvent<E extends Identified> = {
  /** The subject prefix that all events of the stream share. */
  stream: string
  /** The last token of the event's subject. */
  name: string
  event: E
  /** The stream's revision that the decision was made on; 0 for a new stream. Omit for a further event of the same append. */
  expected?: number
  /** The prefix that the expectation looks at where that is more than the stream; may hold wildcards. */
  expectedIn?: string
  /** The subject of a schedule that ends with this append. */
  endsSchedule?: string
}

/** An event to be stored by the server itself when its time has come. The same subject again replaces it. */
export type NewSchedule<E extends Identified> = {
  schedule: string
  /** A time, or a cron line with six fields in UTC. */
  when: Date | { cron: string }
  target: string
  event: E
}

export type NewEntry<E extends Identified> = NewEvent<E> | NewSchedule<E>

export type AppendContext = {
  connection: NatsConnection
  request: Request
  /** Reads the newest event under exactly this subject. */
  newest: (subject: string) => Promise<{ sequence: number; event: Identified } | undefined>
}

/** The server takes no more messages in one atomic batch. */
export const largestAppend = 1000

const Ack = z.object({
  seq: z.number().optional(),
  error: z
    .object({
      err_code: z.number().optional(),
      code: z.number().optional(),
      description: z.string().optional(),
    })
    .optional(),
})

const tryTimeoutMs = 2000
const pauseMs = 100

/**
 * Stores all entries or none and gives the sequence of the first; the others follow it one by one.
 * An acknowledgement that got lost is resolved by repeating, and on a conflict by looking whether the newest event is ours.
 * @throws Conflict, StoreFull, StoreUnavailable (after `patienceMs`), StoreRefused
 */
export async function append<E extends Identified>(
  context: AppendContext,
  entries: readonly NewEntry<E>[],
  patienceMs: number,
): Promise<number> {
  if (entries.length === 0 || entries.length > largestAppend)
    throw new RangeError(`an append takes 1 to ${largestAppend} entries, not ${entries.length}`)
  const deadline = Date.now() + patienceMs
  for (let uncertain = false; ; uncertain = true) {
    try {
      return await publish(context, entries, Math.min(tryTimeoutMs, Math.max(100, deadline - Date.now())))
    } catch (error) {
      if (error instanceof Conflict && uncertain) return ownSequence(context, entries, error)
      if (!(error instanceof StoreUnavailable) || Date.now() + pauseMs > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
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
): Promise<number> {
  let first: number | undefined
  let stored = 0
  for (const entry of entries) {
    const found = await context.newest(subjectOf(entry))
    if (found?.event.id !== entry.event.id) break
    first ??= found.sequence
    stored++
  }
  if (first === undefined) return append(context, entries, patienceMs)
  if (stored === entries.length) return first
  try {
    await append(context, entries.slice(stored), patienceMs)
    return first
  } catch (cause) {
    if (!(cause instanceof StoreFull)) throw cause
    throw new StoreUnavailable(
      `${stored} of ${entries.length} events were stored, and there is no room left`,
      {
        cause,
      },
    )
  }
}

/** After an uncertain try, a conflict may mean that the try succeeded. */
async function ownSequence(
  { newest }: AppendContext,
  entries: readonly NewEntry<Identified>[],
  conflict: Conflict,
): Promise<number> {
  const index = entries.findIndex((entry) => 'stream' in entry)
  const own = entries[index]
  if (!own) throw conflict
  const found = await newest(subjectOf(own))
  if (found?.event.id !== own.event.id) throw conflict
  return found.sequence - index
}

function publish<E extends Identified>(
  { connection, request }: AppendContext,
  entries: readonly NewEntry<E>[],
  timeoutMs: number,
): Promise<number> {
  const [only] = entries
  if (entries.length === 1 && only)
    return request(subjectOf(only), JSON.stringify(only.event), { headers: headersOf(only), timeoutMs }).then(
      sequenceOf,
    )
  return publishBatch({ connection, request }, entries, timeoutMs)
}

/** Atomic batch (NATS ADR-50). The client's own helper loses the expectations, so the headers are written here. */
async function publishBatch<E extends Identified>(
  { connection, request }: Pick<AppendContext, 'connection' | 'request'>,
  entries: readonly NewEntry<E>[],
  timeoutMs: number,
): Promise<number> {
  const batch = nuid.next()
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1
    const h = headersOf(entry)
    h.set('Nats-Batch-Id', batch)
    h.set('Nats-Batch-Sequence', String(index + 1))
    if (last) h.set('Nats-Batch-Commit', '1')
    const payload = JSON.stringify(entry.event)
    if (index > 0 && !last) {
      connection.publish(subjectOf(entry), payload, { headers: h })
      continue
    }
    const reply = await request(subjectOf(entry), payload, { headers: h, timeoutMs })
    if (last) return sequenceOf(reply) - index
    if (reply.data.length > 0) sequenceOf(reply)
  }
  throw new RangeError('an empty batch')
}

function subjectOf(entry: NewEntry<Identified>): string {
  return 'stream' in entry ? `${entry.stream}.${entry.name}` : entry.schedule
}

function headersOf(entry: NewEntry<Identified>): MsgHdrs {
  const h = headers()
  if ('stream' in entry) {
    if (entry.expected !== undefined) {
      h.set('Nats-Expected-Last-Subject-Sequence', String(entry.expected))
      h.set('Nats-Expected-Last-Subject-Sequence-Subject', `${entry.expectedIn ?? entry.stream}.>`)
    }
    if (entry.endsSchedule) {
      h.set('Nats-Scheduler', entry.endsSchedule)
      h.set('Nats-Schedule-Next', 'purge')
    }
    return h
  }
  h.set('Nats-Schedule', entry.when instanceof Date ? `@at ${entry.when.toISOString()}` : entry.when.cron)
  h.set('Nats-Schedule-Target', entry.target)
  // Without it the schedule would age out with the stream, silently.
  h.set('Nats-TTL', 'never')
  return h
}

/** The sequence in the server's acknowledgement. @throws what it tells of in place of one */
export function sequenceOf(reply: Msg): number {
  const ack = Ack.parse(reply.json())
  if (ack.error) throw storeError(ack.error)
  return ack.seq ?? 0
}

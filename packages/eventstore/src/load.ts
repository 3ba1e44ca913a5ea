import { setTimeout as wait } from 'node:timers/promises'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { createInbox } from '@nats-io/transport-node'
import { StoreRefused, StoreUnavailable, UnreadableEvent } from './errors.ts'
import { askLeader, newestSequence } from './leader.ts'
import type { Look, StoredId } from './own-entries.ts'
import { type Decode, type Identified, idIn, read, type Recorded } from './recorded.ts'
import { type Request, unsent } from './requester.ts'
import { checkFilter } from './subject.ts'

export type LoadContext<E extends Identified> = {
  connection: NatsConnection
  request: Request
  streamName: string
  decode: Decode<E>
  /** Refuses to ask any more, with its reason. */
  closed: AbortSignal
}

/** A stream as far as decisions need it: its revision and the newest event under each name, oldest first. */
export type Loaded<E> = { revision: number; events: Recorded<E>[] }

const timeoutMs = 3000
/** Replicas are mostly less than that behind. */
const pauseMs = 10

/** The server gives no more subjects in one direct get (NATS ADR-31). */
export const largestLoad = 1024

/** @throws StoreRefused for what is no place in the store, which to the server may mean none or all */
export function checkSequence(sequence: number): number {
  if (Number.isSafeInteger(sequence) && sequence > 0) return sequence
  throw new StoreRefused(`${sequence} is no sequence of the event store`, 0)
}

/**
 * The newest event under each name of a stream, in one direct get (NATS ADR-31, `multi_last`) of a replica that has all that
 * the leader had when it was asked before.
 * @throws StoreUnavailable, UnreadableEvent; StoreRefused where the stream has more names than `largestLoad`
 */
export async function load<E extends Identified>(
  context: LoadContext<E>,
  stream: string,
): Promise<Loaded<E>> {
  context.closed.throwIfAborted()
  const filter = checkFilter(`${stream}.>`)
  const deadline = performance.now() + timeoutMs
  for (;;) {
    // Asked again each time: what was the newest may be erased meanwhile.
    const newest = await newestSequence(context, filter)
    if (newest === 0) return { revision: 0, events: [] }
    const messages = await directGetMany(context, { multi_last: [filter] })
    const events = messages
      .map((message) => recordedOf(context, message))
      .sort((a, b) => a.sequence - b.sequence)
    const revision = events.at(-1)?.sequence ?? 0
    if (revision >= newest) return { revision, events }
    if (performance.now() > deadline) throw new StoreUnavailable('a replica of the event store is behind')
    await wait(pauseMs)
  }
}

/**
 * The event at a sequence of the whole store; undefined where there is none (any more). What any replica has there is right.
 * @throws StoreUnavailable, UnreadableEvent; StoreRefused for what is no sequence
 */
export async function readAt<E extends Identified>(
  context: LoadContext<E>,
  sequence: number,
): Promise<Recorded<E> | undefined> {
  const query = { seq: checkSequence(sequence) }
  const message = await directGet(context, query)
  if (message) return recordedOf(context, message)
  const found = await askLeader(context, query)
  return found && recordedIn(context, found.subject, sequence, found)
}

/** Looks up what stands under a subject, whether or not it can be read as an event. */
export function lookWith<E extends Identified>(context: LoadContext<E>): Look {
  const idOf = async (query: Parameters<typeof askLeader>[1]): Promise<StoredId | undefined> => {
    const found = await askLeader(context, query)
    return found && { sequence: found.sequence, id: idIn(found.string()) }
  }
  return {
    idFrom: (subject, sequence) => idOf({ seq: sequence, next_by_subj: subject }),
    newestId: (subject) => idOf({ last_by_subj: subject }),
  }
}

async function directGet<E extends Identified>(
  context: LoadContext<E>,
  query: object,
): Promise<Msg | undefined> {
  const reply = await context.request(`$JS.API.DIRECT.GET.${context.streamName}`, JSON.stringify(query), {
    timeoutMs,
  })
  if (reply.headers?.code === 404) return undefined
  const refusal = refusalIn(reply)
  if (refusal) throw refusal
  return reply
}

/** Why a direct get was not answered with a message. */
function refusalIn({ headers }: Msg): Error | undefined {
  const code = headers?.code ?? 0
  if (code < 400) return undefined
  const message = `reading from the event store failed: ${code} ${headers?.description ?? ''}`
  return code < 500 ? new StoreRefused(message, code) : new StoreUnavailable(message)
}

const sequenceIn = (message: Msg) => Number(message.headers?.get('Nats-Sequence'))

function recordedOf<E extends Identified>(context: LoadContext<E>, message: Msg): Recorded<E> {
  return recordedIn(context, message.headers?.get('Nats-Subject') ?? '', sequenceIn(message), message)
}

function recordedIn<E extends Identified>(
  { decode }: LoadContext<E>,
  subject: string,
  sequence: number,
  payload: Parameters<typeof read>[2],
): Recorded<E> {
  const reading = read(subject, sequence, payload, decode)
  if (!reading.ok) throw new UnreadableEvent(reading.poison)
  return reading.recorded
}

/** A direct get with several answers; they end with a status 204, or 404 where there are none. */
function directGetMany<E extends Identified>(
  { connection, streamName }: LoadContext<E>,
  query: { multi_last: string[] },
): Promise<Msg[]> {
  return new Promise((resolve, reject) => {
    const inbox = createInbox()
    const found: Msg[] = []
    const finish = (end: () => void) => {
      clearTimeout(timer)
      if (!connection.isClosed()) subscription.unsubscribe()
      end()
    }
    const fail = (error: Error) => finish(() => reject(error))
    const silence = () => fail(new StoreUnavailable('the event store did not answer in time'))
    const timer = setTimeout(silence, timeoutMs)
    const subscription = connection.subscribe(inbox, {
      callback: (error, message) => {
        if (error) return fail(new StoreUnavailable(error.message, { cause: error }))
        const code = message.headers?.code
        if (code === 204 || code === 404) return finish(() => resolve(found))
        const refusal = refusalIn(message)
        if (refusal) fail(refusal)
        else found.push(message)
      },
    })
    try {
      connection.publish(`$JS.API.DIRECT.GET.${streamName}`, JSON.stringify(query), { reply: inbox })
    } catch (cause) {
      fail(unsent(connection, cause))
    }
  })
}

import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { createInbox } from '@nats-io/transport-node'
import { StoreUnavailable } from './errors.ts'
import { type Decode, type Identified, read, type Recorded } from './recorded.ts'
import type { Request } from './requester.ts'

export type LoadContext<E extends Identified> = {
  connection: NatsConnection
  request: Request
  streamName: string
  decode: Decode<E>
}

/** A stream as far as decisions need it: its revision and the newest event under each name, oldest first. */
export type Loaded<E> = { revision: number; events: Recorded<E>[] }

const timeoutMs = 3000

/**
 * The newest event under each name of a stream, in one direct get (NATS ADR-31, `multi_last`).
 * @throws StoreUnavailable; the decoder's error when a stored event cannot be read
 */
export async function load<E extends Identified>(
  context: LoadContext<E>,
  stream: string,
): Promise<Loaded<E>> {
  const messages = await directGetMany(context, { multi_last: [`${stream}.>`] })
  const events = messages
    .map((message) => recordedOf(context, message))
    .sort((a, b) => a.sequence - b.sequence)
  return { revision: events.at(-1)?.sequence ?? 0, events }
}

/** The event at a sequence of the whole store; undefined where there is none (any more). */
export async function readAt<E extends Identified>(
  context: LoadContext<E>,
  sequence: number,
): Promise<Recorded<E> | undefined> {
  return directGetOne(context, JSON.stringify({ seq: sequence }))
}

/** The newest event under exactly this subject. */
export async function newest<E extends Identified>(
  context: LoadContext<E>,
  subject: string,
): Promise<Recorded<E> | undefined> {
  return directGetOne(context, JSON.stringify({ last_by_subj: subject }))
}

async function directGetOne<E extends Identified>(
  context: LoadContext<E>,
  payload: string,
): Promise<Recorded<E> | undefined> {
  const reply = await context.request(`$JS.API.DIRECT.GET.${context.streamName}`, payload, { timeoutMs })
  const code = reply.headers?.code ?? 0
  if (code === 404) return undefined
  if (code >= 400)
    throw new StoreUnavailable(`reading an event failed: ${code} ${reply.headers?.description ?? ''}`)
  return recordedOf(context, reply)
}

function recordedOf<E extends Identified>({ decode }: LoadContext<E>, message: Msg): Recorded<E> {
  const subject = message.headers?.get('Nats-Subject') ?? ''
  const reading = read(subject, Number(message.headers?.get('Nats-Sequence')), message, decode)
  if (!reading.ok) throw reading.poison.error
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
    const fail = (why: string) => finish(() => reject(new StoreUnavailable(why)))
    const timer = setTimeout(() => fail('the event store did not answer in time'), timeoutMs)
    const subscription = connection.subscribe(inbox, {
      callback: (error, message) => {
        const code = message?.headers?.code ?? 0
        if (error) fail(error.message)
        else if (code === 204 || code === 404) finish(() => resolve(found))
        else if (code >= 400) fail(`loading failed: ${code} ${message.headers?.description ?? ''}`)
        else found.push(message)
      },
    })
    try {
      connection.publish(`$JS.API.DIRECT.GET.${streamName}`, JSON.stringify(query), { reply: inbox })
    } catch {
      fail('the connection to the event store is closed')
    }
  })
}

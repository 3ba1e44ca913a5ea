import { connect, type ConnectionOptions, errors, type NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { type Backoff, openBackoff } from './backoff.ts'
import type { News } from './follow.ts'
import { openConsumer } from './nats/consumer.ts'
import { readInOrder, type Reading } from './nats/read.ts'
import { UnreachableError } from './problem.ts'
import type { EventSource } from './project/source.ts'

/** What opens a consumer of events: the answer of `consumers.create`, as it is. */
export const ConsumerAccess = z.object({
  consumer: z.object({ stream: z.string(), consumer: z.string(), startsAt: z.int().nonnegative() }),
  credentials: z.object({
    servers: z.array(z.string()).min(1),
    user: z.string(),
    password: z.string({ error: 'the password is told once, when the consumer is made' }),
    inboxPrefix: z.string(),
  }),
})
export type ConsumerAccess = z.infer<typeof ConsumerAccess>

export type ConsumerOptions = {
  /** `false` ends behind what is stored now. */
  live?: boolean | undefined
  /** How many events may be on their way at once; each has to be done with before the server gives it out again. */
  batch?: number | undefined
  /** How long the server may be away before its absence is thrown. */
  patienceMs?: number | undefined
  /** Of the connection, beside the credentials, such as `tls`. */
  connection?: ConnectionOptions | undefined
}

const usually = { live: true, batch: 50, patienceMs: 60_000 }

/**
 * The events of a durable consumer, for its only reader: each once and in order, from what was not acknowledged before, or
 * from a sequence. An event is acknowledged when the next one is asked for, so that after a crash it comes again: let effects
 * be once by the event's `source` and `id`.
 * @throws PositionLostError for a sequence before that which the consumer was made with; UnreachableError; what the server
 * refuses; the reason of `signal`
 */
export async function* consumedEvents(
  access: ConsumerAccess,
  { from, signal, ...options }: ConsumerOptions & { from?: number; signal?: AbortSignal } = {},
): AsyncGenerator<News, void, undefined> {
  yield* reading(access, options, { from, signal })
}

/** A durable consumer as the source of a projection, which keeps the place itself; without one it begins with the first event that the consumer has. */
export function consumerOf(access: ConsumerAccess, options: ConsumerOptions = {}): EventSource {
  return (checkpoint, signal) => {
    const from = checkpoint?.sequence ?? access.consumer.startsAt
    return reading(access, options, { from, expected: checkpoint, signal })
  }
}

async function* reading(
  given: ConsumerAccess,
  { connection: about, ...options }: ConsumerOptions,
  place: Pick<Reading, 'from' | 'expected' | 'signal'>,
): AsyncGenerator<News, void, undefined> {
  const { consumer, credentials } = ConsumerAccess.parse(given)
  const { servers, user, password: pass, inboxPrefix } = credentials
  const { live = usually.live, batch = usually.batch, patienceMs = usually.patienceMs } = options
  const backoff = openBackoff(patienceMs, place.signal)
  const to = { maxReconnectAttempts: -1, ...about, servers, user, pass, inboxPrefix }
  const connection = await patiently(backoff, () => connected(to))
  try {
    const durable = await patiently(backoff, () =>
      openConsumer(connection, consumer.stream, consumer.consumer),
    )
    yield* readInOrder(durable, { live, batch, patienceMs, ...place })
  } finally {
    await connection.close()
  }
}

/** Begins as one goes on: a server that is away for a moment is waited for. */
async function patiently<T>(backoff: Backoff, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      await backoff.pause(error)
    }
  }
}

/** @throws UnreachableError for a server that does not answer; what it refuses as it is */
async function connected(options: ConnectionOptions): Promise<NatsConnection> {
  try {
    return await connect(options)
  } catch (error) {
    if (error instanceof errors.AuthorizationError || !(error instanceof Error)) throw error
    throw new UnreachableError(`nats-server does not answer: ${error.message}`, { cause: error })
  }
}

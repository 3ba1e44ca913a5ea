import { type Consumer, jetstream, type JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { PositionLostError } from '../project/source.ts'
import { UnreachableError } from '../problem.ts'

/** A durable consumer as one reader has it. */
export type DurableConsumer = {
  /** Where it stands now. */
  info: () => Promise<{ startsAt: number; deliveredUpTo: number }>
  /**
   * Has it give out everything from a sequence on, or what was not acknowledged and all behind it, whatever was given out before.
   * @returns how many events there are now
   */
  reset: (from: number | undefined) => Promise<number>
  /** Messages as they come, for good. @param batch how many may be on their way at once */
  messages: (batch: number, signal: AbortSignal | undefined) => AsyncGenerator<JsMsg, void, undefined>
}

const ResetAnswer = z.object({
  error: z.object({ err_code: z.number().optional(), description: z.string().default('') }).optional(),
  num_pending: z.int().nonnegative().default(0),
})

/** Of a reset that the server does not allow: to a sequence before that which the consumer was made with. */
const invalidReset = 10204

/** @throws JetStreamError for a consumer that is not there, UnreachableError without an answer */
export async function openConsumer(
  connection: NatsConnection,
  stream: string,
  name: string,
): Promise<DurableConsumer> {
  const answered = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer
    } catch (error) {
      throw await reasonOf(connection, error)
    }
  }
  const consumer: Consumer = await answered(jetstream(connection).consumers.get(stream, name))
  return {
    info: async () => {
      const { config, delivered } = await answered(consumer.info())
      return { startsAt: config.opt_start_seq ?? 1, deliveredUpTo: delivered.stream_seq }
    },
    reset: async (from) => {
      const subject = `$JS.API.CONSUMER.RESET.${stream}.${name}`
      const body = from === undefined ? '' : JSON.stringify({ seq: Math.max(1, from) })
      const answer = await answered(connection.request(subject, body, { timeout: 5000 }))
      const { error, num_pending } = ResetAnswer.parse(answer.json())
      if (error?.err_code === invalidReset)
        throw new PositionLostError(`the consumer ${name} cannot go back to ${from}: ${error.description}`)
      if (error) throw new Error(`the consumer ${name} could not be reset: ${error.description}`)
      return num_pending
    },
    messages: async function* (batch, signal) {
      const messages = await answered(
        consumer.consume({ max_messages: batch, expires: 10_000, abort_on_missing_resource: true }),
      )
      const stop = () => messages.stop()
      signal?.addEventListener('abort', stop)
      try {
        signal?.throwIfAborted()
        yield* messages
        signal?.throwIfAborted()
        if (connection.isClosed()) throw await reasonOf(connection)
      } finally {
        signal?.removeEventListener('abort', stop)
        messages.stop()
      }
    },
  }
}

/** Why the server did not do as it was asked; an error that may pass is an UnreachableError. */
async function reasonOf(connection: NatsConnection, error?: unknown): Promise<unknown> {
  if (connection.isClosed())
    return (await connection.closed()) ?? error ?? new Error('the connection was closed')
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error
  const why = error instanceof Error ? error.message : 'the answers ended'
  return new UnreachableError(`nats-server does not answer: ${why}`, { cause: error })
}

import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { consume, type Consumption } from './consume.ts'
import { ensureConsumer } from './durable.ts'

/** The server's note that it gives a message out no more: nobody acknowledged it, however often it came. */
export const DeadLetter = z.object({
  /** The consumer that gave it out. */
  consumer: z.string(),
  /** Where the message stands in its stream. */
  stream_seq: z.int().positive(),
  deliveries: z.int().nonnegative(),
})
export type DeadLetter = z.infer<typeof DeadLetter>

const slots = 4
const againMs = 30_000
const backoffMs = [30_000, 60_000, 300_000]
const maxDeliver = 100

/**
 * Hands out the notes that a stream keeps, each until it is handled; any number of processes share them under one name.
 * @param onError told of what `handle` throws, and of notes that are none; those handled in vain come again
 */
export async function consumeDeadLetters(
  connection: NatsConnection,
  streamName: string,
  {
    name,
    handle,
    onError,
  }: { name: string; handle: (letter: DeadLetter) => Promise<void>; onError: (error: unknown) => void },
): Promise<Consumption> {
  await ensureConsumer(connection, streamName, { name, filters: ['>'], backoffMs, maxDeliver })
  const context = { connection, streamName, decode: (json: unknown) => DeadLetter.parse(json) }
  return consume(context, name, slots, async ({ reading, ack, nak }) => {
    if (!reading.ok) {
      onError(reading.poison.error)
      return ack()
    }
    try {
      await handle(reading.recorded.event)
      ack()
    } catch (error) {
      onError(error)
      nak(againMs)
    }
  })
}

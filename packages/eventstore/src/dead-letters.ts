import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import type { DurableConsumer } from './durable.ts'
import { consume, type Consumption } from './consume.ts'
import { bringUpToDate } from './layout.ts'

/** The server's note that it gives a message out no more: nobody acknowledged it, however often it came. */
export const DeadLetter = z.object({
  /** The consumer that gave it out. */
  consumer: z.string(),
  /** Where the message stands in its stream. */
  stream_seq: z.int().positive(),
  deliveries: z.int().nonnegative(),
  /** When it was given out no more. */
  timestamp: z.iso.datetime({ offset: true }),
})
export type DeadLetter = z.infer<typeof DeadLetter>

const slots = 4
const againMs = 30_000

/** The consumer of all notes. */
export function deadLetterConsumer(name: string): DurableConsumer {
  return { name, filters: ['>'], backoffMs: [30_000, 60_000, 300_000], maxDeliver: 100 }
}

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
  const wanted = { streams: [], consumers: [{ stream: streamName, ...deadLetterConsumer(name) }] }
  const ready = () => bringUpToDate(connection, wanted)
  await ready()
  const context = { connection, streamName, ready, decode: (json: unknown) => DeadLetter.parse(json) }
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

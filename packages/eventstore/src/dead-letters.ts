import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { consume, type Consumption } from './consume.ts'
import type { Edition } from './edition.ts'
import { checkLayout, type Layout } from './layout.ts'
import { reactTo, type Reaction } from './react.ts'

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

/**
 * Hands out the notes that a stream keeps, each until it is handled; any number of processes share them under one name.
 * @param reaction told of what goes wrong; notes that are none are done with
 * @throws LayoutRefused where the consumer is not as it is needed
 */
export async function consumeDeadLetters(
  connection: NatsConnection,
  edition: Edition,
  { stream, ...consumer }: Layout['consumers'][number],
  reaction: Reaction<DeadLetter>,
): Promise<Consumption> {
  const wanted = { edition, streams: [], consumers: [{ stream, ...consumer }] }
  const ready = () => checkLayout(connection, wanted)
  await ready()
  const context = { connection, streamName: stream, ready, decode: (json: unknown) => DeadLetter.parse(json) }
  return consume(context, consumer.name, slots, reactTo(reaction))
}

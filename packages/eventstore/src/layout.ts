import type { NatsConnection } from '@nats-io/transport-node'
import { type DurableConsumer, ensureConsumer } from './durable.ts'
import { checkServer, ensureStream, type WantedStream } from './streams.ts'

/** Everything that the server keeps for this system beside events: streams, and who has read how far. */
export type Layout = {
  streams: readonly WantedStream[]
  consumers: readonly (DurableConsumer & { stream: string })[]
}

/**
 * Makes what is not there and brings the rest up to date, whatever release or setting it was made by. Nothing that is
 * stored or acknowledged is lost by it. Safe to repeat, from any number of processes.
 * @throws ServerTooOld, StoreUnavailable; StoreRefused when the server does not take a setting
 */
export async function bringUpToDate(connection: NatsConnection, layout: Layout): Promise<void> {
  checkServer(connection)
  for (const stream of layout.streams) await ensureStream(connection, stream)
  for (const { stream, ...consumer } of layout.consumers) await ensureConsumer(connection, stream, consumer)
}

/** What the stream of events needs beside its name and subjects. */
export const ofEvents = {
  allow_direct: true,
  allow_atomic: true,
  allow_msg_schedules: true,
  allow_msg_ttl: true,
  allow_rollup_hdrs: true,
  // Events are never dropped to make room for others.
  discard: 'old',
  max_msgs: -1,
  max_bytes: -1,
  max_msgs_per_subject: -1,
} as const

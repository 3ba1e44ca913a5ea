import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { checkConsumer, checkStream } from './check.ts'
import { consumerInfo, type DurableConsumer, ensureConsumer } from './durable.ts'
import { type Edition, refuseDowngrade, stampOf } from './edition.ts'
import { checkServer, ensureStream, streamInfo, type WantedStream } from './streams.ts'
import { untilAnswered } from './until-answered.ts'
import { remembered, restore } from './volatile.ts'

/** Everything that the server keeps for a system beside events: streams, and who has read how far. */
export type Layout = {
  edition: Edition
  /** The first is that of the events. */
  streams: readonly WantedStream[]
  consumers: readonly (DurableConsumer & { stream: string })[]
}

/**
 * The step of a deployment: makes what is not there and brings the rest up to date, whatever release or setting it was made
 * by. Nothing that is stored or acknowledged is lost by it. Safe to repeat, from any number of processes.
 * @throws LayoutRefused, before anything is changed, when a newer release has made it; ServerTooOld, StoreUnavailable;
 * StoreRefused when the server does not take a setting
 */
export async function ensureLayout(connection: NatsConnection, layout: Layout): Promise<void> {
  const { edition, streams, consumers } = layout
  checkServer(connection)
  const manager = await jetstreamManager(connection, { checkAPI: false })
  await untilAnswered(() => refuseNewer(manager, layout))
  const [events, ...beside] = streams
  const stamp = stampOf(edition)
  for (const stream of beside) await ensureStream(connection, { ...stream, metadata: stamp })
  const metadata = { ...stamp, ...(await untilAnswered(() => remembered(manager, beside))) }
  if (events) await ensureStream(connection, { ...events, metadata })
  for (const { stream, ...consumer } of consumers) await ensureConsumer(connection, stream, consumer, stamp)
}

async function refuseNewer(
  manager: JetStreamManager,
  { edition, streams, consumers }: Layout,
): Promise<void> {
  for (const { name } of streams) {
    const found = await streamInfo(manager, name)
    refuseDowngrade(`the stream ${name}`, found?.config.metadata, edition)
  }
  for (const { stream, name } of consumers) {
    const found = await consumerInfo(manager, stream, name)
    refuseDowngrade(`the consumer ${name} of the stream ${stream}`, found?.config.metadata, edition)
  }
}

/**
 * What a service does in place of the step: it looks whether everything is as it needs it, and changes nothing. Only streams
 * in memory that have ended with their server are made again, as the step had made them.
 * @throws LayoutRefused, ServerTooOld, StoreUnavailable
 */
export async function checkLayout(connection: NatsConnection, layout: Layout): Promise<void> {
  const { edition, streams, consumers } = layout
  checkServer(connection)
  const manager = await jetstreamManager(connection, { checkAPI: false })
  await untilAnswered(async () => {
    const [events] = streams
    if (events) await restore(manager, events.name)
    for (const stream of streams) checkStream(await streamInfo(manager, stream.name), stream, edition)
    for (const { stream, ...consumer } of consumers)
      checkConsumer(await consumerInfo(manager, stream, consumer.name), stream, consumer, edition)
  })
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

import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

export type StreamFigures = { name: string; messages: number; bytes: number; oldestAt?: string }
export type ConsumerFigures = {
  name: string
  filters: string[]
  waiting: number
  out: number
  redelivered: number
}

const timeout = 3000

/**
 * Asks the server whether JetStream is there for this connection.
 * @throws Error when it is not, or does not answer in time
 */
export async function checkEventStore(connection: NatsConnection): Promise<void> {
  await jetstreamManager(connection, { checkAPI: true, timeout })
}

/**
 * Figures of some streams, and of the durable consumers of the first.
 * @throws Error when the server does not answer in time
 */
export async function survey(
  connection: NatsConnection,
  [first, ...others]: [string, ...string[]],
): Promise<{ version: string; streams: StreamFigures[]; consumers: ConsumerFigures[] }> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout })
  const streams: StreamFigures[] = []
  for (const name of [first, ...others]) {
    const { state } = await manager.streams.info(name)
    const { messages, bytes, first_ts } = state
    streams.push({ name, messages, bytes, ...(messages > 0 ? { oldestAt: first_ts } : {}) })
  }
  const consumers: ConsumerFigures[] = []
  for await (const info of manager.consumers.list(first)) {
    if (!info.config.durable_name) continue
    consumers.push({
      name: info.name,
      filters: info.config.filter_subjects ?? [],
      waiting: info.num_pending,
      out: info.num_ack_pending,
      redelivered: info.num_redelivered,
    })
  }
  return { version: connection.info?.version ?? '', streams, consumers }
}

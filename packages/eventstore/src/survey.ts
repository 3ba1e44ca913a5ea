import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { answered } from './errors.ts'

export type StreamFigures = { name: string; messages: number; bytes: number; oldestAt?: string }
export type ConsumerFigures = {
  name: string
  filters: string[]
  waiting: number
  out: number
  redelivered: number
}

/** How it stands with the server, some streams, and the durable consumers of the first. */
export type Survey = { version: string; streams: StreamFigures[]; consumers: ConsumerFigures[] }

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
 * @throws StoreUnavailable, StoreRefused
 */
export function survey(connection: NatsConnection, names: [string, ...string[]]): Promise<Survey> {
  return answered(() => look(connection, names))
}

async function look(connection: NatsConnection, [first, ...others]: [string, ...string[]]): Promise<Survey> {
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

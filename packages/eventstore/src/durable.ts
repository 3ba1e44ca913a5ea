import { jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { untilAnswered } from './until-answered.ts'

/** A durable consumer: it remembers what was acknowledged, for all processes that share its name. */
export type DurableConsumer = {
  name: string
  filters: string[]
  /** How long a message stays out before each redelivery, ms. */
  backoffMs: number[]
  /** At least one more than there are waits. */
  maxDeliver: number
}

/**
 * Makes the consumer or brings it up to date. Safe to repeat, from any number of processes.
 * @throws StoreUnavailable
 */
export async function ensureConsumer(
  connection: NatsConnection,
  streamName: string,
  { name, filters, backoffMs, maxDeliver }: DurableConsumer,
): Promise<void> {
  const manager = await jetstreamManager(connection, { checkAPI: false })
  const config = {
    durable_name: name,
    filter_subjects: filters,
    ack_policy: 'explicit' as const,
    backoff: backoffMs.map((ms) => nanos(ms)),
    max_deliver: maxDeliver,
    max_ack_pending: 10_000,
  }
  await untilAnswered(() => manager.consumers.add(streamName, config))
}

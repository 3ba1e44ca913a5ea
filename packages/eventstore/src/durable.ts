import {
  type ConsumerConfig,
  type ConsumerInfo,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { answered, StoreRefused } from './errors.ts'
import { untilAnswered } from './until-answered.ts'

/** A durable consumer: it remembers what was acknowledged, for all processes that share its name. */
export type DurableConsumer = {
  name: string
  filters: string[]
  /** How long a message stays out before each redelivery, ms. */
  backoffMs: number[]
  /** How often a message is given out, at least one more than there are waits; absent: until it is acknowledged. */
  maxDeliver?: number | undefined
  /** The first sequence that it gives out, where it does not begin with the stream; one that is there stays where it is. */
  from?: number | undefined
  /** How many messages may be out at once; 10,000 where it is left out. */
  mostOut?: number | undefined
}

/** Error codes of nats-server's JetStream API (server/errors.json of its source). */
const missing = 10014
const streamMissing = 10059
const otherwiseThere = 10148
/** Another process made or removed the consumer between two requests of this one. */
const overtaken = new Set([missing, otherwiseThere])
const tries = 5

/**
 * Makes the consumer or brings it up to date; what it has acknowledged stays so. (One that stands behind the end of a stream
 * whose newest events were lost is set to that end by the server itself.) Safe to repeat, from any number of processes.
 * @throws StoreUnavailable; StoreRefused when the server does not take the settings
 */
export async function ensureConsumer(
  connection: NatsConnection,
  streamName: string,
  consumer: DurableConsumer,
  metadata: Record<string, string>,
): Promise<void> {
  const manager = await jetstreamManager(connection, { checkAPI: false })
  for (let left = tries; ; left--) {
    try {
      return await untilAnswered(() => makeOrUpdate(manager, streamName, consumer, metadata))
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error
      const { err_code, description } = error.apiError()
      if (left > 0 && overtaken.has(err_code)) continue
      const what = `the settings of the consumer ${consumer.name} of the stream ${streamName}`
      throw new StoreRefused(`the event store refuses ${what}: ${description}`, err_code, { cause: error })
    }
  }
}

async function makeOrUpdate(
  manager: JetStreamManager,
  streamName: string,
  consumer: DurableConsumer,
  metadata: Record<string, string>,
): Promise<void> {
  const { consumers } = manager
  const wanted = { ...configOf(consumer), metadata }
  const present = await consumerInfo(manager, streamName, consumer.name)
  if (!present) return void (await consumers.add(streamName, wanted))
  if (isFixedOtherwise(present.config)) {
    await consumers.delete(streamName, consumer.name)
    return void (await consumers.add(streamName, { ...wanted, ...behindAcknowledged(present) }))
  }
  // The client keeps what is not named, as where it began: the server would not change that.
  await consumers.update(streamName, consumer.name, { ...wanted, ...notWanted })
}

/** The settings that a consumer has to have. */
export function configOf({
  name,
  filters,
  backoffMs,
  maxDeliver,
  from,
  mostOut = 10_000,
}: DurableConsumer): Partial<ConsumerConfig> {
  return {
    durable_name: name,
    filter_subjects: filters,
    ack_policy: 'explicit',
    backoff: backoffMs.map((ms) => nanos(ms)),
    max_deliver: maxDeliver ?? -1,
    max_ack_pending: mostOut,
    ...(from === undefined ? {} : { deliver_policy: 'by_start_sequence', opt_start_seq: from }),
  }
}

/** What a consumer may have been made with that would be in the way. */
const notWanted = { filter_subject: '', inactive_threshold: 0, headers_only: false }

/** What the server does not change on a consumer that is there (`checkNewConsumerConfig` of its source), where it matters. */
export function isFixedOtherwise(present: ConsumerConfig): boolean {
  return (
    present.ack_policy !== 'explicit' ||
    present.deliver_subject !== undefined ||
    present.mem_storage === true ||
    present.replay_policy !== 'instant'
  )
}

function behindAcknowledged({ config, ack_floor, delivered }: ConsumerInfo): Partial<ConsumerConfig> {
  // Without acknowledgements, what was given out is done with.
  const done = config.ack_policy === 'none' ? delivered.stream_seq : ack_floor.stream_seq
  return { deliver_policy: 'by_start_sequence', opt_start_seq: done + 1 }
}

/** The names of the durable consumers of a stream. @throws StoreUnavailable, StoreRefused */
export function durableNames(connection: NatsConnection, streamName: string): Promise<string[]> {
  return answered(async () => {
    const manager = await jetstreamManager(connection, { checkAPI: false })
    const names: string[] = []
    for await (const { config } of manager.consumers.list(streamName))
      if (config.durable_name) names.push(config.durable_name)
    return names
  })
}

/** Removes a durable consumer with its place; @returns whether it was there. @throws StoreUnavailable, StoreRefused */
export function removeDurable(
  connection: NatsConnection,
  streamName: string,
  name: string,
): Promise<boolean> {
  return answered(async () => {
    const { consumers } = await jetstreamManager(connection, { checkAPI: false })
    try {
      return await consumers.delete(streamName, name)
    } catch (error) {
      if (error instanceof JetStreamApiError && error.apiError().err_code === missing) return false
      throw error
    }
  })
}

/** What the server tells of a consumer; undefined where there is none, or no such stream. */
export async function consumerInfo(
  manager: JetStreamManager,
  streamName: string,
  name: string,
): Promise<ConsumerInfo | undefined> {
  try {
    return await manager.consumers.info(streamName, name)
  } catch (error) {
    const code = error instanceof JetStreamApiError ? error.apiError().err_code : undefined
    if (code === missing || code === streamMissing) return undefined
    throw error
  }
}

import {
  decodeStored,
  eventContentType,
  probeSubject,
  type StoredEvent,
  streams,
} from '@pdf-smaller/contracts'
import { type Decode, type EventStore, openEventStore, type ReserveOptions } from '@pdf-smaller/eventstore'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Config } from './config.ts'
import { neededStreams } from './layout.ts'
import type { Log } from './log.ts'
import { type AccessConfig, natsAccess } from './nats-access.ts'
import { reachNats } from './reach.ts'

export type JobStore = EventStore<StoredEvent>

/**
 * Connects to the event store's servers, waiting for them a while, and then keeps reconnecting for good.
 * @throws StartError
 */
export async function connectNats(
  config: AccessConfig & Pick<Config, 'NATS_WAIT_SECONDS'>,
  log: Log,
  name: string,
): Promise<NatsConnection> {
  const options = {
    ...(await natsAccess(config)),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // Two stacks for every request are an eighth of a busy gateway's time.
    noAsyncTraces: true,
  }
  const connection = await reachNats(options, { seconds: config.NATS_WAIT_SECONDS, log })
  void logConnection(connection, log)
  return connection
}

async function logConnection(connection: NatsConnection, log: Log): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect')
      log.warn({ server: status.server }, 'the event store is out of reach; reconnecting')
    if (status.type === 'reconnect') log.info({ server: status.server }, 'connected to the event store again')
  }
}

/** Room for the ends of some thousand jobs. */
export const largestReserveBytes = 4 * 1024 * 1024

/** What is known of the disk of the event store where its server is a part of this system. */
export type EventDisk = Partial<Pick<ReserveOptions, 'bytes' | 'hasRoom'>>

export type JobStoreOptions = {
  log: Log
  /** Of a server of this system's own. */
  disk?: EventDisk
  /** What sees to it that the streams are there, now and after each reconnect; services look, and make none. */
  prepare?: () => Promise<void>
  decode?: Decode<StoredEvent>
}

/**
 * Opens the store of job events on the streams that the step of the deployment has made.
 * @throws LayoutRefused when they are missing, too old or too new; ServerTooOld, StoreUnavailable
 */
export function openJobStore(
  connection: NatsConnection,
  { log, disk = {}, prepare, decode = decodeStored }: JobStoreOptions,
): Promise<JobStore> {
  return openEventStore<StoredEvent>({
    connection,
    layout: neededStreams(),
    ...(prepare ? { prepare } : {}),
    onUnfit: (error) =>
      log.error({ err: error }, 'the event store has come back without what this service needs'),
    decode: tellingOfNewer(decode, log),
    contentType: eventContentType,
    room: {
      probe: probeSubject,
      reserve: { stream: streams.reserve, bytes: largestReserveBytes, ...disk },
    },
  })
}

const mostKindsTold = 100

/** Tells of each kind of event that only a newer release knows, once. */
function tellingOfNewer(decode: Decode<StoredEvent>, log: Log): Decode<StoredEvent> {
  const told = new Set<string>()
  return (json, place) => {
    const event = decode(json, place)
    if (event.type === 'newer' && !told.has(event.unknown) && told.size < mostKindsTold) {
      told.add(event.unknown)
      log.warn(
        { unknown: event.unknown, id: event.id },
        'an event of a newer release is passed over; it stays for services of that release',
      )
    }
    return event
  }
}

import { readFile } from 'node:fs/promises'
import { earlierResultDays, eventRetentionDays, StoredEvent, streams } from '@pdf-smaller/contracts'
import {
  type EventStore,
  type EventStream,
  ofEvents,
  openEventStore,
  type ReserveOptions,
  type WantedStream,
} from '@pdf-smaller/eventstore'
import { credsAuthenticator, nanos, type NatsConnection } from '@nats-io/transport-node'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { reachNats } from './reach.ts'

export type JobStore = EventStore<StoredEvent>

/**
 * Connects to the event store's servers, waiting for them a while, and then keeps reconnecting for good.
 * @throws StartError
 */
export async function connectNats(
  config: Pick<Config, 'NATS_URL' | 'NATS_TOKEN' | 'NATS_CREDENTIALS_FILE' | 'NATS_WAIT_SECONDS'>,
  log: Log,
  name: string,
): Promise<NatsConnection> {
  const credentials = config.NATS_CREDENTIALS_FILE ? await readFile(config.NATS_CREDENTIALS_FILE) : undefined
  const options = {
    servers: (config.NATS_URL ?? 'nats://127.0.0.1:4222').split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // Two stacks for every request are an eighth of a busy gateway's time.
    noAsyncTraces: true,
    ...(config.NATS_TOKEN ? { token: config.NATS_TOKEN } : {}),
    ...(credentials ? { authenticator: credsAuthenticator(credentials) } : {}),
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

const day = 86_400_000
/** How long it is known that a process was there. */
const presenceKeptMs = 900_000

/**
 * The streams beside that of the events: progress (in memory, newest per job), who is there, which job had a result, what
 * tenants have spent on language models, and the server's notes about messages that it gave up on.
 */
function streamsBeside(num_replicas: number): WantedStream[] {
  const newestOnly = { max_msgs_per_subject: 1, allow_direct: true, num_replicas, expendable: true } as const
  return [
    {
      ...newestOnly,
      name: streams.progress,
      subjects: ['progress.>'],
      storage: 'memory',
      max_age: nanos(3_600_000),
    },
    {
      ...newestOnly,
      name: streams.presence,
      subjects: ['presence.>'],
      storage: 'memory',
      max_age: nanos(presenceKeptMs),
    },
    {
      ...newestOnly,
      name: streams.results,
      subjects: ['results.>'],
      storage: 'file',
      max_age: nanos(earlierResultDays * day),
    },
    {
      name: streams.spending,
      subjects: ['spending.>'],
      storage: 'file',
      max_msgs_per_subject: 1,
      max_age: nanos(eventRetentionDays * day),
      num_replicas,
    },
    {
      name: streams.dead,
      subjects: [`$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streams.jobs}.>`],
      max_age: nanos(30 * day),
      num_replicas,
    },
  ]
}

/** Where it is tried whether the stream of events takes any. */
const probeSubject = 'probe.events'

/** Room for the ends of some thousand jobs. */
export const largestReserveBytes = 4 * 1024 * 1024

/** What is known of the disk of the event store where its server is a part of this system. */
export type EventDisk = Partial<Pick<ReserveOptions, 'bytes' | 'hasRoom'>>

/** All streams: that of the events first, then those beside it. */
export function jobStreams({
  NATS_REPLICAS: num_replicas,
}: Pick<Config, 'NATS_REPLICAS'>): [EventStream, ...WantedStream[]] {
  const events: EventStream = {
    ...ofEvents,
    name: streams.jobs,
    subjects: ['pdf.>', 'due.>', 'cron.>', 'tick.>', probeSubject],
    max_age: nanos(eventRetentionDays * day),
    // Appends are told apart by their expectations, so the server need not remember message ids.
    duplicate_window: nanos(1000),
    republish: { src: 'pdf.>', dest: 'live.pdf.>' },
    num_replicas,
  }
  return [events, ...streamsBeside(num_replicas)]
}

/**
 * Opens the store of job events; its streams, and those beside it, are brought up to date.
 * @param disk of a server of this system's own
 */
export function openJobStore(
  connection: NatsConnection,
  config: Pick<Config, 'NATS_REPLICAS'>,
  disk: EventDisk = {},
): Promise<JobStore> {
  const [stream, ...beside] = jobStreams(config)
  return openEventStore<StoredEvent>({
    connection,
    decode: (json) => StoredEvent.parse(json),
    stream,
    beside,
    room: {
      probe: probeSubject,
      reserve: {
        stream: streams.reserve,
        replicas: config.NATS_REPLICAS,
        bytes: largestReserveBytes,
        ...disk,
      },
    },
  })
}

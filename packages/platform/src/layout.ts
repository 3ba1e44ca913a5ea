import { type Channel, type ChannelConsumer, channels, workConsumer } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'
import {
  type DurableConsumer,
  type Edition,
  ensureLayout,
  type Layout,
  ofEvents,
  type WantedStream,
} from '@pdf-smaller/eventstore'
import { nanos, type NatsConnection } from '@nats-io/transport-node'

/**
 * The layout of streams and consumers that this release works with. `version` is raised when the services of a release need
 * something that the step before did not make; `serves` when those of an older release cannot go on with it.
 */
export const edition: Edition = { version: 3, serves: 1, madeBy: 'node services/streams/src/main.ts' }

const day = 86_400

/** What a deployment decides about its streams. What is not told stays as it is, or begins as the table of channels says. */
export type StreamSettings = {
  /** Copies of each stream. */
  NATS_REPLICAS?: number | undefined
  /** How long events are kept, days. */
  EVENT_RETENTION_DAYS?: number | undefined
  /** Multiplies the waits for silent workers. */
  RETRY_PACE: number
}

/** Everything that the event store's server keeps for this system. @param domains of workers, also of those that the table does not know, such as those of benchmarks */
export function systemLayout(settings: StreamSettings, domains: readonly string[] = []): Layout {
  const made = channels.filter(({ madeBy }) => madeBy === 'step')
  const [events] = channels
  const further = domains.filter((domain) => !events.consumers.some(({ name }) => name === domain))
  return {
    edition,
    streams: made.map((channel) => streamOf(channel, settings)),
    consumers: [
      ...made.flatMap(({ stream, consumers }) =>
        consumers.map((consumer) => ({ stream, ...durableOf(consumer, settings.RETRY_PACE) })),
      ),
      ...further.map((domain) => ({
        stream: events.stream,
        ...durableOf(workConsumer(domain), settings.RETRY_PACE),
      })),
    ],
  }
}

/** The streams as a service needs them; what a deployment decides about them is not its business. */
export function neededStreams(): Pick<Layout, 'edition' | 'streams'> {
  return systemLayout({ RETRY_PACE: 1 })
}

/** One of the streams, as a service needs it that keeps events of its own there. */
export function neededStream(name: string): Pick<Layout, 'edition' | 'streams'> {
  const { streams } = neededStreams()
  return { edition, streams: streams.filter((stream) => stream.name === name) }
}

/**
 * The step of a deployment that its services stand on: makes the streams and consumers, or brings them up to date.
 * @throws LayoutRefused when a newer release has made them; ServerTooOld, StoreUnavailable, StoreRefused
 */
export async function ensureStreams(
  connection: NatsConnection,
  settings: StreamSettings,
  domains: readonly string[] = [],
): Promise<Layout> {
  const layout = systemLayout(settings, domains)
  await ensureLayout(connection, layout)
  return layout
}

/** A consumer of the table of channels, as the server is told of it. @param pace multiplies the waits for silent workers */
export function durableOf({ name, filters, waits }: ChannelConsumer, pace = 1): DurableConsumer {
  if (waits === 'lost worker') {
    const { backoffMs, maxDeliver } = silencePolicy(pace)
    return { name, filters: [...filters], backoffMs, maxDeliver }
  }
  return { name, filters: [...filters], backoffMs: waits.map((s) => s * 1000) }
}

function streamOf(channel: Channel, { NATS_REPLICAS, EVENT_RETENTION_DAYS }: StreamSettings): WantedStream {
  const { stream, subjects, storage, keptSeconds, keptAsTold, newestOnly, expendable, republished } = channel
  const { appended, mostOfEach } = channel
  const usual = keptSeconds === undefined ? {} : keptFor(keptSeconds)
  const told = EVENT_RETENTION_DAYS === undefined ? {} : keptFor(EVENT_RETENTION_DAYS * day)
  return {
    name: stream,
    subjects: [...subjects],
    storage,
    ...(appended ? { ...ofEvents, duplicate_window: appendsTellThemselvesApart } : {}),
    ...(mostOfEach ? { max_msgs_per_subject: mostOfEach } : {}),
    ...(newestOnly ? { max_msgs_per_subject: 1, allow_direct: true } : {}),
    ...(expendable ? { expendable } : {}),
    ...(republished ? { republish: { src: republished.from, dest: republished.to } } : {}),
    ...(keptAsTold ? told : usual),
    ...(NATS_REPLICAS === undefined ? {} : { num_replicas: NATS_REPLICAS }),
    atFirst: { num_replicas: 1, ...usual },
  }
}

const keptFor = (seconds: number) => ({ max_age: nanos(seconds * 1000) })

/** By their expectations: the server need not remember message ids for longer than it has to. */
const appendsTellThemselvesApart = nanos(1000)

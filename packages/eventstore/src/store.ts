import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { append, appendRest, type NewEntry } from './append.ts'
import type { Checkpoint } from './checkpoint.ts'
import { consume, type Consumption } from './consume.ts'
import type { Delivery } from './delivery.ts'
import type { DurableConsumer } from './durable.ts'
import { checkLayout, type Layout } from './layout.ts'
import { StoreUnavailable } from './errors.ts'
import { follow, type Follower, type Following } from './follow.ts'
import { load, type Loaded, newest, readAt } from './load.ts'
import { project, type Projection } from './project.ts'
import type { Decode, Identified, Recorded } from './recorded.ts'
import { onReconnect } from './reconnect.ts'
import { openRequester } from './requester.ts'
import { openRoomKeeper, type Room, type RoomOptions } from './room.ts'

/** An event store in one JetStream stream. Its own streams of events are subject prefixes within it. */
export type EventStore<E extends Identified> = {
  /** Stores all entries or none; gives the sequence of the first. See `append`. */
  append: (entries: readonly NewEntry<E>[], patienceMs?: number) => Promise<number>
  /** Whether anything new should be taken in. See `RoomKeeper`. */
  room: () => Promise<Room>
  /** What a decision needs of one stream of events. */
  load: (stream: string) => Promise<Loaded<E>>
  readAt: (sequence: number) => Promise<Recorded<E> | undefined>
  /** All events of one stream, oldest first. Scans; a projection that keeps sequences answers faster. */
  history: (stream: string) => Promise<Recorded<E>[]>
  /** Reads all events under the filters that are stored now, oldest first, and passes over what is no event. */
  scan: (filters: string[], onEvent: (recorded: Recorded<E>) => void) => Promise<void>
  /** Removes all events of one stream that stand before a sequence, for good. */
  purge: (stream: string, before: number) => Promise<void>
  /** The sequence of the newest event of all. */
  lastSequence: () => Promise<number>
  /** When the JetStream stream was made: another time is another history. */
  createdAt: () => Promise<string>
  /** Consumes with a durable consumer, which has to be there. */
  subscribe: (
    consumer: DurableConsumer,
    slots: number,
    handle: (delivery: Delivery<E>) => Promise<void>,
  ) => Promise<Consumption>
  /** How many messages wait for a durable consumer, and how many are out. */
  lag: (consumer: string) => Promise<ConsumerLag>
  follow: (follower: Follower<E>) => Following
  project: (from: Checkpoint, follower: Omit<Follower<E>, 'from'>) => Projection
  close: () => void
}

/** How far a durable consumer is. */
export type ConsumerLag = {
  /** Messages that were never given out. */
  waiting: number
  /** Messages that are given out and not acknowledged. */
  out: number
  redelivered: number
  /** Everything up to this sequence was given out. */
  deliveredUpTo: number
  /** Everything up to this sequence is done with. */
  acknowledgedUpTo: number
  /** Requests for messages that wait: above 0 there is a worker with a free slot. */
  pulls: number
}

export type EventStoreOptions<E extends Identified> = {
  connection: NatsConnection
  /** The streams that are used; the first keeps the events. */
  layout: Pick<Layout, 'edition' | 'streams'>
  /** What sees to it that they are there, now and after each reconnect; a check where nothing else is given. */
  prepare?: () => Promise<void>
  /** Told when what is there after a reconnect is of no use. */
  onUnfit?: (error: unknown) => void
  decode: Decode<E>
  room: Omit<RoomOptions, 'reserve'> & { reserve: Omit<RoomOptions['reserve'], 'replicas'> }
}

const appendPatienceMs = 5000

/** Sees to it that the streams are there, now and after each reconnect. */
async function keepPrepared<E extends Identified>({
  connection,
  layout,
  prepare = () => checkLayout(connection, { ...layout, consumers: [] }),
  onUnfit = () => {},
}: EventStoreOptions<E>) {
  const [stream] = layout.streams
  if (!stream) throw new RangeError('a layout without a stream of events')
  await prepare()
  void onReconnect(connection, () => void prepare().catch(onUnfit))
  const manager = await jetstreamManager(connection, { checkAPI: false })
  const { config } = await manager.streams.info(stream.name)
  return { manager, stream, replicas: config.num_replicas }
}

/**
 * Opens the store on streams that are there, and looks again when the server was away, as it may have lost them.
 * @throws LayoutRefused, ServerTooOld, StoreUnavailable
 */
export async function openEventStore<E extends Identified>(
  options: EventStoreOptions<E>,
): Promise<EventStore<E>> {
  const { connection, layout, decode } = options
  const { manager, stream, replicas } = await keepPrepared(options)
  const { request, close } = openRequester(connection)
  const reserve = { ...options.room.reserve, replicas }
  const { room, withReserve } = openRoomKeeper(connection, request, { ...options.room, reserve })
  const context = { connection, request, streamName: stream.name, decode }
  const appending = { connection, request, newest: (subject: string) => newest(context, subject) }
  return {
    append: (entries, patienceMs = appendPatienceMs) =>
      withReserve(
        () => append(appending, entries, patienceMs),
        () => appendRest(appending, entries, patienceMs),
      ),
    room,
    load: (prefix) => load(context, prefix),
    readAt: (sequence) => readAt(context, sequence),
    history: async (prefix) => {
      const events: Recorded<E>[] = []
      await scan(context, [`${prefix}.>`], (recorded) => events.push(recorded), 'refuse')
      return events
    },
    scan: (filters, onEvent) => scan(context, filters, onEvent, 'pass over'),
    purge: async (prefix, before) => {
      await manager.streams.purge(stream.name, { filter: `${prefix}.>`, seq: before })
    },
    lastSequence: async () => (await manager.streams.info(stream.name)).state.last_seq,
    createdAt: async () => (await manager.streams.info(stream.name)).created,
    subscribe: async (consumer, slots, handle) => {
      const { edition } = layout
      const wanted = { edition, streams: [], consumers: [{ stream: stream.name, ...consumer }] }
      const ready = () => checkLayout(connection, wanted)
      await ready()
      return consume({ ...context, ready }, consumer.name, slots, handle)
    },
    lag: async (consumer) => {
      const info = await manager.consumers.info(stream.name, consumer)
      return {
        waiting: info.num_pending,
        out: info.num_ack_pending,
        redelivered: info.num_redelivered,
        deliveredUpTo: info.delivered.stream_seq,
        acknowledgedUpTo: info.ack_floor.stream_seq,
        pulls: info.num_waiting,
      }
    },
    follow: (follower) => follow(context, follower),
    project: (from, follower) => project(context, from, follower),
    close,
  }
}

function scan<E extends Identified>(
  context: { connection: NatsConnection; streamName: string; decode: Decode<E> },
  filters: string[],
  onEvent: (recorded: Recorded<E>) => void,
  poison: 'refuse' | 'pass over',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      following.stop()
      end()
    }
    let begun = false
    const following = follow(context, {
      from: { sequence: 0 },
      onBegin: () => {
        if (begun) finish(() => reject(new StoreUnavailable('events were lost while they were read')))
        begun = true
      },
      filters,
      onEvent,
      onPoison: ({ error }) => poison === 'refuse' && finish(() => reject(error)),
      onCaughtUp: () => finish(resolve),
      onInterruption: (error) => finish(() => reject(error)),
    })
  })
}

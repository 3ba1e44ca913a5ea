import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { append, appendRest } from './append.ts'
import { consume } from './consume.ts'
import { decide } from './decide.ts'
import { appendPatienceMs, inForm } from './entry.ts'
import { answered, closedStore } from './errors.ts'
import type { EventStore } from './event-store.ts'
import { lagIn } from './lag.ts'
import { checkLayout, type Layout } from './layout.ts'
import { follow, type Follower, type Following } from './follow.ts'
import { checkSequence, load, lookWith, readAt } from './load.ts'
import { openLookup } from './lookup.ts'
import { project } from './project.ts'
import { readStored } from './read.ts'
import type { Decode, Identified } from './recorded.ts'
import { onReconnect } from './reconnect.ts'
import { openRequester } from './requester.ts'
import { openRoomKeeper, type RoomOptions, withoutRoomKeeper } from './room.ts'
import { checkFilter, takenInBy } from './subject.ts'
import { survey } from './survey.ts'

export type EventStoreOptions<E extends Identified> = {
  connection: NatsConnection
  /** The streams that are used; the first keeps the events, and nothing is appended but under its subjects. */
  layout: Pick<Layout, 'edition' | 'streams'>
  /** What sees to it that they are there, now and after each reconnect; a check where nothing else is given. */
  prepare?: () => Promise<void>
  /** Told when what is there after a reconnect is of no use. */
  onUnfit?: (error: unknown) => void
  decode: Decode<E>
  /** The header `content-type` of each event. */
  contentType?: string
  /** What `room` asks, and what is kept for a full server; without it `room` is not to be asked. */
  room?: Omit<RoomOptions, 'reserve'> & { reserve: Omit<RoomOptions['reserve'], 'replicas'> }
}

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
  const manager = await answered(() => jetstreamManager(connection, { checkAPI: false }))
  const { config } = await answered(() => manager.streams.info(stream.name))
  return {
    manager,
    name: stream.name,
    replicas: config.num_replicas,
    isOwn: takenInBy(stream.subjects ?? config.subjects),
  }
}

/**
 * Opens the store on streams that are there, and looks again when the server was away, as it may have lost them.
 * @throws LayoutRefused, ServerTooOld, StoreUnavailable
 */
export async function openEventStore<E extends Identified>(
  options: EventStoreOptions<E>,
): Promise<EventStore<E>> {
  const { connection, layout, decode, contentType = 'application/json' } = options
  const { manager, name, replicas, isOwn } = await keepPrepared(options)
  const closing = new AbortController()
  const closed = closing.signal
  const { request, close } = openRequester(connection)
  const { room, withReserve } = options.room
    ? openRoomKeeper(connection, request, {
        ...options.room,
        streamName: name,
        reserve: { ...options.room.reserve, replicas },
      })
    : withoutRoomKeeper
  const context = { connection, request, streamName: name, decode, closed }
  const appending = { ...context, look: lookWith(context), contentType, isOwn }
  const followings = openFollowings<E>((follower) => {
    closed.throwIfAborted()
    return follow(context, follower)
  })
  const store: EventStore<E> = {
    append: (entries, { patienceMs = appendPatienceMs } = {}) => {
      const first = () => append(appending, entries, patienceMs)
      const again = () => appendRest(appending, entries, patienceMs)
      return inForm(entries, withReserve(first, again))
    },
    decide: (prefix, decider, options) => decide(store, prefix, decider, options),
    room: async () => {
      closed.throwIfAborted()
      return room()
    },
    load: (prefix) => load(context, prefix),
    readAt: (sequence) => readAt(context, sequence),
    history: (prefix, options) => readStored(context, [`${prefix}.>`], 'refuse', options),
    scan: (filters, options) => readStored(context, filters, 'pass over', options),
    ...openQuestions(connection, manager, name, closed),
    subscribe: async (consumer, slots, handle) => {
      closed.throwIfAborted()
      const { edition } = layout
      const wanted = { edition, streams: [], consumers: [{ stream: name, ...consumer }] }
      const ready = () => checkLayout(connection, wanted)
      await ready()
      return consume({ ...context, ready }, consumer.name, slots, handle)
    },
    follow: followings.follow,
    project: (from, follower) => project(followings.follow, from, follower),
    close: () => {
      closing.abort(closedStore())
      followings.stop()
      close()
    },
  }
  return store
}

/** What is asked of the server through its client. */
function openQuestions(
  connection: NatsConnection,
  manager: JetStreamManager,
  name: string,
  closed: AbortSignal,
) {
  const asked = <T>(ask: () => Promise<T>): Promise<T> =>
    answered(async () => {
      closed.throwIfAborted()
      return ask()
    })
  const info = () => asked(() => manager.streams.info(name))
  return {
    purge: async (prefix, before) => {
      const range = { filter: checkFilter(`${prefix}.>`), seq: checkSequence(before) }
      await asked(() => manager.streams.purge(name, range))
    },
    lastSequence: async () => (await info()).state.last_seq,
    createdAt: async () => (await info()).created,
    lag: async (consumer) => lagIn(await asked(() => manager.consumers.info(name, consumer))),
    lookup: (streamName) => openLookup(connection, streamName, asked),
    survey: (beside = []) => asked(() => survey(connection, [name, ...beside])),
  } satisfies Partial<EventStore<Identified>>
}

/** Keeps what is followed, so that all of it can be ended. */
function openFollowings<E extends Identified>(follow: (follower: Follower<E>) => Following) {
  const all = new Set<Following>()
  return {
    follow: (follower: Follower<E>): Following => {
      const own = follow(follower)
      all.add(own)
      const stop = () => {
        all.delete(own)
        own.stop()
      }
      return { ...own, stop }
    },
    stop: () => {
      for (const { stop } of all) stop()
      all.clear()
    },
  }
}

import type { Checkpoint } from './checkpoint.ts'
import type { Consumption } from './consume.ts'
import type { DecideOptions, Decided, Decider } from './decider.ts'
import type { Delivery } from './delivery.ts'
import type { DurableConsumer } from './durable.ts'
import type { AppendOptions, NewEntry, Sequences } from './entry.ts'
import type { Follower, Following } from './follow.ts'
import type { ConsumerLag } from './lag.ts'
import type { Loaded } from './load.ts'
import type { Lookup } from './lookup.ts'
import type { Projection } from './project.ts'
import type { Identified, Recorded } from './recorded.ts'
import type { Room } from './room.ts'
import type { Survey } from './survey.ts'

/**
 * An event store in one JetStream stream. Its own streams of events are subject prefixes within it.
 * Whatever asks the server may throw StoreUnavailable, and StoreRefused for what it does not take.
 */
export type EventStore<E extends Identified> = {
  /**
   * Stores all entries or none.
   * @throws Conflict when an expectation is wrong, StoreFull; StoreUnavailable when it is not known after `patienceMs`;
   * StoreRefused, also for a subject that is under none of those of the layout; RangeError
   */
  append: <const N extends readonly NewEntry<E>[]>(
    entries: N,
    options?: AppendOptions,
  ) => Promise<Sequences<N>>
  /** Loads a stream, decides and appends, again when others were quicker. See `decide`. */
  decide: <S, N = never>(
    stream: string,
    decider: Decider<S, E, N>,
    options?: DecideOptions<S>,
  ) => Promise<Decided<S, N>>
  /**
   * The newest event of each name of a stream, in one request.
   * @throws UnreadableEvent
   */
  load: (stream: string) => Promise<Loaded<E>>
  /** The event at a sequence; undefined where there is none. @throws UnreadableEvent; StoreRefused for what is no sequence */
  readAt: (sequence: number) => Promise<Recorded<E> | undefined>
  /**
   * All events of one stream that are stored when a loop over them begins, oldest first; each loop reads anew. What an earlier
   * layout took in is read, too.
   * @throws UnreadableEvent; StoreUnavailable when events were lost meanwhile; the reason of `signal`
   */
  history: (stream: string, options?: ReadOptions) => AsyncIterable<Recorded<E>>
  /** The same for all events under any of the filters, whatever their stream; passes over what is no event. */
  scan: (filters: readonly string[], options?: ReadOptions) => AsyncIterable<Recorded<E>>
  /** Removes all events of one stream that stand before a sequence, for good. @throws StoreRefused for what is no sequence */
  purge: (stream: string, before: number) => Promise<void>
  /** The sequence of the newest event of all. */
  lastSequence: () => Promise<number>
  /** When the JetStream stream was made: another time is another history. */
  createdAt: () => Promise<string>
  /** Consumes with a durable consumer, which has to be there. @throws LayoutRefused */
  subscribe: (
    consumer: DurableConsumer,
    slots: number,
    handle: (delivery: Delivery<E>) => Promise<void>,
  ) => Promise<Consumption>
  /** How many messages wait for a durable consumer, and how many are out. */
  lag: (consumer: string) => Promise<ConsumerLag>
  follow: (follower: Follower<E>) => Following
  project: (from: Checkpoint, follower: Omit<Follower<E>, 'from'>) => Projection
  /** Whether anything new should be taken in. See `RoomKeeper`. */
  room: () => Promise<Room>
  /** The newest value under each subject of a further stream. */
  lookup: (streamName: string) => Lookup
  /** Figures of this stream and of those named, and of this one's durable consumers. */
  survey: (beside?: readonly string[]) => Promise<Survey>
  /** Ends what goes on in this store, which answers everything with StoreUnavailable from then on; the connection stays open. */
  close: () => void
}

export type ReadOptions = {
  /** Ends the reading at once, also while the server does not answer: its reason is thrown. So does leaving the loop, without a word. */
  signal?: AbortSignal
  /** Only what stands behind this sequence, or was stored at this time or later. */
  after?: number | Date
  /** The most messages that are asked for in one go; two such pages are held at once. 500 where it is left out. */
  pageMessages?: number
}

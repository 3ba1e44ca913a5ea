export type { Checkpoint } from './checkpoint.ts'
export type { Consumption } from './consume.ts'
export { consumeDeadLetters, type DeadLetter } from './dead-letters.ts'
export type { Decided, DecideOptions, Decider, Known, Nothing } from './decider.ts'
export type { Delivery } from './delivery.ts'
export { type DurableConsumer, durableNames, removeDurable } from './durable.ts'
export { type Edition, LayoutRefused } from './edition.ts'
export {
  type AppendOptions,
  type Expected,
  largestAppend,
  type NewEntry,
  type NewEvent,
  type NewRepetition,
  type NewSchedule,
  type Sequences,
} from './entry.ts'
export {
  Conflict,
  EventStoreError,
  ServerTooOld,
  StoreFull,
  StoreRefused,
  StoreUnavailable,
  UnreadableEvent,
} from './errors.ts'
export type { EventStore, ReadOptions } from './event-store.ts'
export type { Follower, Following } from './follow.ts'
export type { ConsumerLag } from './lag.ts'
export { checkLayout, ensureLayout, type Layout, ofEvents } from './layout.ts'
export type { Loaded } from './load.ts'
export type { Lookup } from './lookup.ts'
export type { Projection } from './project.ts'
export { reactTo, type Reaction } from './react.ts'
export { type NewReader, openReaders, type Reader, type Readers } from './readers.ts'
export type { Decode, Identified, Poison, Reading, Recorded } from './recorded.ts'
export type { ReserveOptions } from './reserve.ts'
export type { Room, RoomOptions } from './room.ts'
export { type EventStoreOptions, openEventStore } from './store.ts'
export { oldestServer, type WantedStream } from './streams.ts'
export { checkEventStore, type ConsumerFigures, type StreamFigures, type Survey } from './survey.ts'
export { openTally, type Tally } from './tally.ts'
export { untilAnswered } from './until-answered.ts'

export { largestAppend, type NewEntry, type NewEvent, type NewSchedule } from './append.ts'
export type { Checkpoint } from './checkpoint.ts'
export type { Consumption } from './consume.ts'
export { consumeDeadLetters, type DeadLetter, deadLetterConsumer } from './dead-letters.ts'
export type { Delivery } from './delivery.ts'
export type { DurableConsumer } from './durable.ts'
export * from './errors.ts'
export type { Follower, Following } from './follow.ts'
export { bringUpToDate, type Layout, ofEvents } from './layout.ts'
export type { Loaded } from './load.ts'
export { type Lookup, openLookup } from './lookup.ts'
export type { Projection } from './project.ts'
export type { Identified, Poison, Reading, Recorded } from './recorded.ts'
export type { ReserveOptions } from './reserve.ts'
export type { Room } from './room.ts'
export {
  type ConsumerLag,
  type EventStore,
  type EventStoreOptions,
  type EventStream,
  openEventStore,
} from './store.ts'
export { type ConsumerFigures, checkEventStore, type StreamFigures, survey } from './survey.ts'
export { oldestServer, type WantedStream } from './streams.ts'
export { openTally, type Tally } from './tally.ts'
export { untilAnswered } from './until-answered.ts'

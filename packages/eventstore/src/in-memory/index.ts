import { decide } from '../decide.ts'
import { inForm } from '../entry.ts'
import { StoreRefused, UnreadableEvent } from '../errors.ts'
import type { EventStore, ReadOptions } from '../event-store.ts'
import { project } from '../project.ts'
import { type Decode, type Identified, read, type Reading, type Recorded } from '../recorded.ts'
import { checkFilter } from '../subject.ts'
import { openLookups, surveyOf } from './beside.ts'
import { openClock } from './clock.ts'
import { type Durable, openDurable } from './durable.ts'
import { followLog } from './follow.ts'
import { type Log, openLog } from './log.ts'
import { type Message, payloadOf } from './messages.ts'

/** An event store for tests: it answers at once, forgets everything with its process, and time stands in it. */
export type InMemoryEventStore<E extends Identified> = EventStore<E> & {
  now: () => Date
  /** Lets time pass: schedules with a time go off, and what was not acknowledged is given out again. */
  advance: (ms: number) => void
  /** Lets a schedule go off now, which is the only way for one with a cron line. @throws StoreRefused */
  fire: (schedule: string) => void
}

/**
 * Opens an empty store that keeps the contract of `openEventStore`, as far as one process can break it.
 * @param startMs what its clock says first, ms since the epoch
 */
export function openInMemoryEventStore<E extends Identified>({
  decode,
  startMs = Date.now(),
}: {
  decode: Decode<E>
  startMs?: number
}): InMemoryEventStore<E> {
  const clock = openClock(startMs)
  const log = openLog(clock)
  const history = new Date(startMs).toISOString()
  const durables = new Map<string, Durable<E>>()
  const ends = new Set<() => void>()
  const recordedOf = (message: Message) => recordedIn(message, decode)
  const follow: EventStore<E>['follow'] = (follower) => {
    const following = followLog(log, history, decode, follower)
    ends.add(following.stop)
    return following
  }
  const store: EventStore<E> = {
    append: (entries) => inForm(entries, new Promise((resolve) => resolve(log.append(entries)))),
    decide: (prefix, decider, options) => decide(store, prefix, decider, options),
    load: async (prefix) => {
      const events = log.newest(checkFilter(`${prefix}.>`)).map(recordedOf)
      return { revision: events.at(-1)?.sequence ?? 0, events }
    },
    readAt: async (sequence) => {
      const message = log.at(sequence)
      return message && recordedOf(message)
    },
    history: (prefix, options) => readLog(log, [`${prefix}.>`], decode, 'refuse', options),
    scan: (filters, options) => readLog(log, filters, decode, 'pass over', options),
    purge: async (prefix, before) => log.purge(`${prefix}.>`, before),
    lastSequence: async () => log.last(),
    createdAt: async () => history,
    subscribe: async (consumer, slots, handle) => {
      const durable = durables.get(consumer.name) ?? openDurable(log, clock, decode, consumer)
      durable.settings = consumer
      durables.set(consumer.name, durable)
      const consumption = durable.join(slots, handle)
      ends.add(() => void consumption.drain())
      return consumption
    },
    lag: async (consumer) => {
      const durable = durables.get(consumer)
      if (!durable) throw new StoreRefused(`there is no durable consumer ${consumer}`, 0)
      return durable.lag()
    },
    follow,
    project: (from, follower) => project(follow, from, follower),
    room: async () => 'open',
    lookup: openLookups(),
    survey: async () => surveyOf(log, durables.values()),
    close: () => ends.forEach((end) => end()),
  }
  return { ...store, now: () => new Date(clock.nowMs()), advance: clock.advance, fire: log.fire }
}

async function* readLog<E extends Identified>(
  log: Log,
  filters: readonly string[],
  decode: Decode<E>,
  unreadable: 'refuse' | 'pass over',
  { signal }: ReadOptions = {},
): AsyncGenerator<Recorded<E>, void, undefined> {
  filters.forEach(checkFilter)
  for (const message of log.behind(0, filters)) {
    signal?.throwIfAborted()
    const reading = readingOf(message, decode)
    if (reading.ok) yield reading.recorded
    else if (unreadable === 'refuse') throw new UnreadableEvent(reading.poison)
  }
  signal?.throwIfAborted()
}

function readingOf<E>(message: Message, decode: Decode<E>): Reading<E> {
  return read(message.subject, message.sequence, payloadOf(message), decode)
}

/** @throws UnreadableEvent */
function recordedIn<E>(message: Message, decode: Decode<E>): Recorded<E> {
  const reading = readingOf(message, decode)
  if (!reading.ok) throw new UnreadableEvent(reading.poison)
  return reading.recorded
}

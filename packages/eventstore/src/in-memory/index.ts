import { decide } from '../decide.ts'
import { inForm } from '../entry.ts'
import { closedStore, StoreRefused, UnreadableEvent } from '../errors.ts'
import type { EventStore, ReadOptions } from '../event-store.ts'
import { checkSequence, largestLoad, type Loaded } from '../load.ts'
import { project } from '../project.ts'
import { type Decode, type Identified, read, type Reading, type Recorded } from '../recorded.ts'
import { checkFilter, takenInBy } from '../subject.ts'
import { type Asked, openLookups, surveyOf } from './beside.ts'
import { type Clock, openClock } from './clock.ts'
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
 * @param subjects those of the layout: nothing is appended but under them
 * @param startMs what its clock says first, ms since the epoch
 */
export function openInMemoryEventStore<E extends Identified>({
  decode,
  subjects = ['>'],
  startMs = Date.now(),
}: {
  decode: Decode<E>
  subjects?: readonly string[]
  startMs?: number
}): InMemoryEventStore<E> {
  const clock = openClock(startMs)
  const log = openLog(clock, takenInBy(subjects))
  const history = new Date(startMs).toISOString()
  const ends = new Set<() => void>()
  const closing = new AbortController()
  const closed = closing.signal
  const asked: Asked = async (answer) => {
    closed.throwIfAborted()
    return answer()
  }
  const follow: EventStore<E>['follow'] = (follower) => {
    closed.throwIfAborted()
    const following = followLog(log, history, decode, follower)
    ends.add(following.stop)
    return following
  }
  const store: EventStore<E> = {
    append: (entries) =>
      inForm(
        entries,
        asked(() => log.append(entries)),
      ),
    decide: (prefix, decider, options) => decide(store, prefix, decider, options),
    load: (prefix) => asked(() => loadedIn(log, prefix, decode)),
    readAt: (sequence) =>
      asked(() => {
        const message = log.at(checkSequence(sequence))
        return message && recordedIn(message, decode)
      }),
    ...openReadings(log, decode, closed),
    purge: (prefix, before) => asked(() => log.purge(checkFilter(`${prefix}.>`), checkSequence(before))),
    lastSequence: () => asked(log.last),
    createdAt: () => asked(() => history),
    ...openConsuming(log, clock, decode, asked, ends),
    follow,
    project: (from, follower) => project(follow, from, follower),
    room: () => asked(() => 'open' as const),
    lookup: openLookups(asked),
    close: () => {
      closing.abort(closedStore())
      ends.forEach((end) => end())
    },
  }
  return { ...store, now: () => new Date(clock.nowMs()), advance: clock.advance, fire: log.fire }
}

/** @param ends what ends the consuming, added to here */
function openConsuming<E extends Identified>(
  log: Log,
  clock: Clock,
  decode: Decode<E>,
  asked: Asked,
  ends: Set<() => void>,
): Pick<EventStore<E>, 'subscribe' | 'lag' | 'survey'> {
  const durables = new Map<string, Durable<E>>()
  return {
    subscribe: (consumer, slots, handle) =>
      asked(() => {
        const durable = durables.get(consumer.name) ?? openDurable(log, clock, decode, consumer)
        durable.settings = consumer
        durables.set(consumer.name, durable)
        const consumption = durable.join(slots, handle)
        ends.add(() => void consumption.drain())
        return consumption
      }),
    lag: (consumer) =>
      asked(() => {
        const durable = durables.get(consumer)
        if (!durable) throw new StoreRefused(`there is no durable consumer ${consumer}`, 0)
        return durable.lag()
      }),
    survey: () => asked(() => surveyOf(log, durables.values())),
  }
}

/** The newest event of each name. @throws UnreadableEvent, StoreRefused */
function loadedIn<E extends Identified>(log: Log, prefix: string, decode: Decode<E>): Loaded<E> {
  const messages = log.newest(checkFilter(`${prefix}.>`))
  if (messages.length > largestLoad)
    throw new StoreRefused(
      `${prefix} has more than ${largestLoad} names, of which not all are given at once`,
      0,
    )
  const events = messages.map((message) => recordedIn(message, decode))
  return { revision: events.at(-1)?.sequence ?? 0, events }
}

function openReadings<E extends Identified>(
  log: Log,
  decode: Decode<E>,
  closed: AbortSignal,
): Pick<EventStore<E>, 'history' | 'scan'> {
  async function* readLog(
    filters: readonly string[],
    unreadable: 'refuse' | 'pass over',
    { signal, after = 0 }: ReadOptions = {},
  ): AsyncGenerator<Recorded<E>, void, undefined> {
    filters.forEach(checkFilter)
    const goOn = () => {
      signal?.throwIfAborted()
      closed.throwIfAborted()
    }
    goOn()
    const isTime = after instanceof Date
    for (const message of log.behind(isTime ? 0 : after, filters)) {
      if (isTime && message.storedAtMs < after.getTime()) continue
      goOn()
      const reading = readingOf(message, decode)
      if (reading.ok) yield reading.recorded
      else if (unreadable === 'refuse') throw new UnreadableEvent(reading.poison)
    }
    signal?.throwIfAborted()
  }
  return {
    history: (prefix, options) => ({
      [Symbol.asyncIterator]: () => readLog([`${prefix}.>`], 'refuse', options),
    }),
    scan: (filters, options) => ({ [Symbol.asyncIterator]: () => readLog(filters, 'pass over', options) }),
  }
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

import { type JobEvent, JobFailure } from '@pdf-smaller/contracts'
import type { JobStore } from '@pdf-smaller/platform'
import type { JobProjection } from '../projection/port.ts'
import { type FeedFilter, type Item, itemOf, passes, subjectsOf } from './item.ts'

type Parts = { store: Pick<JobStore, 'scan'>; projection: Pick<JobProjection, 'recent' | 'get'> }

export type Feed = {
  filter: FeedFilter
  /** The last sequence that the reader has seen, or the time from which it wants to know. */
  from: number | Date
  /** Whether it goes on behind what is stored now. */
  live: boolean
  /** Resolves when there is room for the next one. */
  send: (sequence: number, event: JobEvent) => Promise<void>
  signal: AbortSignal
}

export type Telling = {
  /** Everything up to it has been told; undefined while it is known by a time only. */
  place: () => number | undefined
  /** Whether everything that there is has been told. */
  isLive: () => boolean
  /** Resolves when all that was stored has been told, unless it goes on. */
  ended: Promise<void>
}

/** Events that are read ahead for one feed, twice at most. */
const pageMessages = 50

/**
 * Tells every event that passes, once and in order, for good: those that many follow from memory, older ones from the
 * store, so that a reader is always at one place and nothing waits for it. `ended` rejects with JobFailure position_lost
 * or newer_release, with what `send` throws, StoreUnavailable, or the reason of the signal.
 */
export function tellEvents(parts: Parts, feed: Feed): Telling {
  const { recent } = parts.projection
  const { filter, from, live, send, signal } = feed
  const history = recent.history()
  const at = { place: from }
  const give: Give = async (item) => {
    if (!passes(filter, item)) return
    if (item.kind === 'newer') throw new JobFailure('newer_release', item.unknown)
    await send(item.sequence, item.event)
    signal.throwIfAborted()
  }
  const checkGoing = () => {
    signal.throwIfAborted()
    if (recent.history() !== history)
      throw new JobFailure('position_lost', 'the event store has lost some of its events')
  }
  const tellStored = async (): Promise<void> => {
    for (;;) {
      checkGoing()
      const applied = recent.position()
      if (await catchUp(parts, feed, at, give)) return
      if (recent.position() === applied) await recent.changed(signal)
    }
  }
  const tellAll = async (): Promise<never> => {
    for (;;) {
      checkGoing()
      const { place } = at
      if (typeof place !== 'number' || !recent.holds(place)) {
        await catchUp(parts, feed, at, give)
        continue
      }
      const item = recent.next(place)
      if (item) {
        await give(item)
        at.place = item.sequence
      } else {
        at.place = Math.max(place, recent.position())
        await recent.changed(signal)
      }
    }
  }
  return {
    place: () => (typeof at.place === 'number' ? at.place : undefined),
    isLive: () => typeof at.place === 'number' && at.place >= recent.position(),
    ended: live ? tellAll() : tellStored(),
  }
}

type Give = (item: Item) => Promise<void>

/**
 * Tells what the store has, up to where the projection is: of what is behind it the tags are not known.
 * @returns whether that was all
 */
async function catchUp(
  { store, projection }: Parts,
  { filter, signal }: Feed,
  at: { place: number | Date },
  give: Give,
): Promise<boolean> {
  const { recent } = projection
  const applied = recent.position()
  const tagOf = (jobId: string) => (filter.tag === undefined ? undefined : projection.get(jobId)?.tag)
  const stored = store.scan([subjectsOf(filter)], { after: at.place, signal, pageMessages })
  for await (const recorded of stored) {
    const { sequence } = recorded
    if (sequence > recent.position()) {
      at.place = sequence - 1
      return false
    }
    const item = itemOf(recorded, tagOf)
    if (item) await give(item)
    at.place = sequence
  }
  at.place = Math.max(typeof at.place === 'number' ? at.place : 0, applied)
  return true
}

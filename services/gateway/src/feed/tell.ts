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
export function tellEvents(
  { store, projection }: Parts,
  { filter, from, live, send, signal }: Feed,
): Telling {
  const { recent } = projection
  const history = recent.history()
  let place = from
  const give = async (item: Item) => {
    if (!passes(filter, item)) return
    if (item.kind === 'newer') throw new JobFailure('newer_release', item.unknown)
    await send(item.sequence, item.event)
    signal.throwIfAborted()
  }
  const tagOf = (jobId: string) => (filter.tag === undefined ? undefined : projection.get(jobId)?.tag)
  /**
   * What the store has, up to where the projection is: of what is behind it the tags are not known.
   * @returns whether that was all
   */
  const catchUp = async (): Promise<boolean> => {
    const applied = recent.position()
    const stored = store.scan([subjectsOf(filter)], { after: place, signal, pageMessages })
    for await (const recorded of stored) {
      const { sequence } = recorded
      if (sequence > recent.position()) {
        place = sequence - 1
        return false
      }
      const item = itemOf(recorded, tagOf)
      if (item) await give(item)
      place = sequence
    }
    place = Math.max(typeof place === 'number' ? place : 0, applied)
    return true
  }
  const checkGoing = () => {
    signal.throwIfAborted()
    if (recent.history() !== history)
      throw new JobFailure('position_lost', 'the event store has lost some of its events')
  }
  const run = async (): Promise<void> => {
    while (!live) {
      checkGoing()
      const applied = recent.position()
      if (await catchUp()) return
      if (recent.position() === applied) await recent.changed(signal)
    }
    for (;;) {
      checkGoing()
      if (typeof place !== 'number' || !recent.holds(place)) {
        await catchUp()
        continue
      }
      const item = recent.next(place)
      if (item) {
        await give(item)
        place = item.sequence
      } else {
        place = Math.max(place, recent.position())
        await recent.changed(signal)
      }
    }
  }
  return {
    place: () => (typeof place === 'number' ? place : undefined),
    isLive: () => typeof place === 'number' && place >= recent.position(),
    ended: run(),
  }
}

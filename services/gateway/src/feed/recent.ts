import type { JobProgressed, JobView } from '@pdf-smaller/contracts'
import type { Item } from './item.ts'

/** How far a running job is. */
type ProgressNews = { job: JobView; event: JobProgressed }

/**
 * The newest events of the stream, in memory, kept for all who follow it and only while somebody does. Each of them has a
 * place of its own in it, and reads from the store what it does not hold any more: nothing is kept for one alone.
 */
export type Recent = {
  /** The projection has applied the event of this sequence. @param item what is told of it; asked only when it is kept */
  add: (sequence: number, item: () => Item | undefined) => void
  /** The newest sequence that the projection has applied. */
  position: () => number
  /** Whether everything behind a sequence, up to the position, is kept. */
  holds: (sequence: number) => boolean
  /** The first event behind a sequence. */
  next: (sequence: number) => Item | undefined
  /** Resolves when something was added, or the signal aborts. */
  changed: (signal: AbortSignal) => Promise<void>
  /** Another history of events begins: whoever follows has to begin anew. */
  reset: () => void
  /** Becomes another number with each history. */
  history: () => number
  /** Keeps events from now on, until the returned function is called. */
  follow: (onProgress?: (news: ProgressNews) => void) => () => void
  followers: () => number
  tellProgress: (news: ProgressNews) => void
}

/** Events that are kept at most, each as an object of some kB. */
const usualKept = 1000

export function openRecent(position: number, { kept = usualKept }: { kept?: number } = {}): Recent {
  let newest = position
  let start = position
  let history = 0
  let items: Item[] = []
  const followers = new Set<{ onProgress?: ((news: ProgressNews) => void) | undefined }>()
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const each of waiting) each()
  }
  return {
    add: (sequence, itemOf) => {
      newest = Math.max(newest, sequence)
      if (followers.size === 0) return
      const item = itemOf()
      if (item) items.push(item)
      // In halves, as each move of the rest costs.
      if (items.length > kept) {
        const dropped = items.splice(0, Math.ceil(kept / 2))
        start = dropped.at(-1)?.sequence ?? start
      }
      wake()
    },
    position: () => newest,
    holds: (sequence) => sequence >= start,
    next: (sequence) => items[firstBehind(items, sequence)],
    changed: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          waiting.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        waiting.add(done)
        signal.addEventListener('abort', done)
        if (signal.aborted) done()
      }),
    reset: () => {
      // The first history of all takes nothing back.
      if (newest > 0) history += 1
      newest = start = 0
      items = []
      wake()
    },
    history: () => history,
    follow: (onProgress) => {
      if (followers.size === 0) start = newest
      const own = { onProgress }
      followers.add(own)
      return () => {
        followers.delete(own)
        if (followers.size === 0) items = []
      }
    },
    followers: () => followers.size,
    tellProgress: (news) => {
      for (const { onProgress } of followers) onProgress?.(news)
    },
  }
}

/** The index of the first item behind a sequence, by halving. */
function firstBehind(items: readonly Item[], sequence: number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.sequence ?? 0) > sequence) high = middle
    else low = middle + 1
  }
  return low
}

import { StoreUnavailable } from './errors.ts'
import type { Follower, Following } from './follow.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Identified } from './recorded.ts'

export type Projection = {
  /** The sequence of the newest event applied. */
  position: () => number
  /**
   * Resolves when everything up to a sequence is applied, of the history that the server has now; rejects with StoreUnavailable
   * after `patienceMs`.
   */
  reached: (sequence: number, patienceMs: number) => Promise<void>
  stop: () => void
}

/** Follows the stream from a checkpoint and tells when a sequence has been applied, for reading one's own writes. */
export function project<E extends Identified>(
  follow: (follower: Follower<E>) => Following,
  from: Checkpoint,
  follower: Omit<Follower<E>, 'from'>,
): Projection {
  let position = from.sequence
  const waiters = new Set<{ sequence: number; resolve: () => void }>()
  const advance = (sequence: number) => {
    position = Math.max(position, sequence)
    wake()
  }
  const wake = () => {
    for (const waiter of waiters) {
      if (waiter.sequence > position) continue
      waiters.delete(waiter)
      waiter.resolve()
    }
  }
  const { stop, isPlaced } = follow({
    ...follower,
    from,
    onBegin: (history, lastSequence) => {
      position = 0
      follower.onBegin(history, lastSequence)
    },
    onPlaced: () => {
      wake()
      follower.onPlaced?.()
    },
    onEvent: (recorded) => {
      follower.onEvent(recorded)
      advance(recorded.sequence)
    },
    onPoison: (poison) => {
      follower.onPoison(poison)
      advance(poison.sequence)
    },
  })
  const reached = (sequence: number, patienceMs: number): Promise<void> => {
    if (sequence <= position && isPlaced()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter)
        reject(new StoreUnavailable(`the projection has not reached event ${sequence} in time`))
      }, patienceMs)
      const waiter = {
        sequence,
        resolve: () => {
          clearTimeout(timer)
          resolve()
        },
      }
      waiters.add(waiter)
    })
  }
  return { position: () => position, reached, stop }
}

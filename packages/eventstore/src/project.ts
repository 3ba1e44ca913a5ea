import type { NatsConnection } from '@nats-io/transport-node'
import { StoreUnavailable } from './errors.ts'
import { follow, type Follower } from './follow.ts'
import type { Decode } from './recorded.ts'

export type Projection = {
  /** The sequence of the newest event applied. */
  position: () => number
  /** Resolves when everything up to a sequence is applied; rejects with StoreUnavailable after `patienceMs`. */
  reached: (sequence: number, patienceMs: number) => Promise<void>
  stop: () => void
}

/** Follows the stream from a checkpoint and tells when a sequence has been applied, for reading one's own writes. */
export function project<E>(
  context: { connection: NatsConnection; streamName: string; decode: Decode<E> },
  checkpoint: number,
  follower: Omit<Follower<E>, 'after'>,
): Projection {
  let position = checkpoint
  const waiters = new Set<{ sequence: number; resolve: () => void }>()
  const advance = (sequence: number) => {
    position = Math.max(position, sequence)
    for (const waiter of waiters) {
      if (waiter.sequence > position) continue
      waiters.delete(waiter)
      waiter.resolve()
    }
  }
  const { stop } = follow(context, {
    ...follower,
    after: checkpoint,
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
    if (sequence <= position) return Promise.resolve()
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

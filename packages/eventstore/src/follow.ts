import type { NatsConnection } from '@nats-io/transport-node'
import { type Checkpoint, compare, type Comparison } from './checkpoint.ts'
import { openOrderedSession } from './ordered-session.ts'
import { onDisconnect, onReconnect } from './reconnect.ts'
import { type Decode, type Identified, type Poison, read, type Reading, type Recorded } from './recorded.ts'

export type Follower<E> = {
  /** Where it goes on, as far as that is a part of the stream. */
  from: Checkpoint
  /**
   * Called before the first event of a history: what was applied before is no part of the stream, and is to be forgotten.
   * @param history to be kept in the checkpoint
   * @param lastSequence where the stream ends now
   */
  onBegin: (history: string, lastSequence: number) => void
  filters: string[]
  /** Called in order, once per event. What it throws is told to `onInterruption`, and the next event follows. */
  onEvent: (recorded: Recorded<E>) => void
  /** Called when `isPlaced` has become true. */
  onPlaced?: () => void
  /** Called for a stored message that is no event. */
  onPoison: (poison: Poison) => void
  /** Called whenever nothing is left to deliver, with the sequence reached. */
  onCaughtUp?: (sequence: number) => void
  /** Called when the server cannot be asked, which is tried again without end, and when a handler has thrown. */
  onInterruption?: (error: unknown) => void
}

export type Following = {
  /** Whether the server has said, since it was away last, that what was applied is a part of the stream. */
  isPlaced: () => boolean
  stop: () => void
}

const pauseMs = 250

/**
 * Follows the stream in order from any point, for good: behind a gap, a silence or a reconnect it goes on
 * after the last event seen, or begins anew where the stream holds another one in its place. (The client's pull-based ordered consumer stalls for 45 s when the server restarts.)
 */
export function follow<E extends Identified>(
  { connection, streamName, decode }: { connection: NatsConnection; streamName: string; decode: Decode<E> },
  follower: Follower<E>,
): Following {
  let place = follower.from
  let round = 0
  let isPlaced = false
  let stopped = false
  let pause: NodeJS.Timeout | undefined
  let session: { end: () => void } | undefined

  const start = () => {
    session?.end()
    clearTimeout(pause)
    if (stopped || connection.isClosed()) return
    const own = ++round
    const isOver = () => stopped || own !== round
    compare(connection, streamName, place).then(
      (found) => !isOver() && begin(found),
      (error: unknown) => !isOver() && again(error),
    )
  }
  const begin = ({ isPart, history, lastSequence }: Comparison) => {
    if (!isPart) {
      place = { sequence: 0, history }
      follower.onBegin(history, lastSequence)
    }
    isPlaced = true
    follower.onPlaced?.()
    open()
  }
  const again = (error?: unknown) => {
    if (error) follower.onInterruption?.(error)
    if (!stopped) pause = setTimeout(start, error ? pauseMs : 0)
  }
  const open = () => {
    session = openOrderedSession(connection, streamName, {
      after: place.sequence,
      filters: follower.filters,
      onMessage: (message, sequence) => {
        const reading = read(message.subject, sequence, message, decode)
        place = { ...place, sequence }
        if (reading.ok) place.newest = { sequence, id: reading.recorded.event.id }
        hand(follower, reading)
      },
      onCaughtUp: (sequence) => follower.onCaughtUp?.(sequence),
      onBroken: again,
    })
  }
  void onDisconnect(connection, () => (isPlaced = false))
  void onReconnect(connection, start)
  start()

  return {
    isPlaced: () => isPlaced,
    stop: () => {
      stopped = true
      clearTimeout(pause)
      session?.end()
    },
  }
}

/** Gives one message to a follower. */
export function hand<E extends Identified>(follower: Follower<E>, reading: Reading<E>): void {
  try {
    if (reading.ok) follower.onEvent(reading.recorded)
    else follower.onPoison(reading.poison)
  } catch (error) {
    // Thrown on, it would end the reader of the whole connection.
    follower.onInterruption?.(error)
  }
}

import type { NatsConnection } from '@nats-io/transport-node'
import { openOrderedSession } from './ordered-session.ts'
import { onReconnect } from './reconnect.ts'
import { type Decode, type Poison, read, type Recorded } from './recorded.ts'

export type Follower<E> = {
  /** Starts behind this sequence; 0 from the beginning. */
  after: number
  filters: string[]
  /** Called in order, once per event. What it throws is told to `onInterruption`, and the next event follows. */
  onEvent: (recorded: Recorded<E>) => void
  /** Called for a stored message that is no event. */
  onPoison: (poison: Poison) => void
  /** Called whenever nothing is left to deliver, with the sequence reached. */
  onCaughtUp?: (sequence: number) => void
  /** Called when the server cannot be asked, which is tried again without end, and when a handler has thrown. */
  onInterruption?: (error: unknown) => void
}

export type Following = { stop: () => void }

const pauseMs = 250

/**
 * Follows the stream in order from any point, for good: behind a gap, a silence or a reconnect it goes on
 * after the last event seen. (The client's pull-based ordered consumer stalls for 45 s when the server restarts.)
 */
export function follow<E>(
  { connection, streamName, decode }: { connection: NatsConnection; streamName: string; decode: Decode<E> },
  follower: Follower<E>,
): Following {
  let position = follower.after
  let stopped = false
  let pause: NodeJS.Timeout | undefined
  let session: { end: () => void } | undefined

  const start = () => {
    session?.end()
    clearTimeout(pause)
    if (stopped || connection.isClosed()) return
    session = openOrderedSession(connection, streamName, {
      after: position,
      filters: follower.filters,
      onMessage: (message, sequence) => {
        position = sequence
        try {
          const reading = read(message.subject, sequence, message, decode)
          if (reading.ok) follower.onEvent(reading.recorded)
          else follower.onPoison(reading.poison)
        } catch (error) {
          // Thrown on, it would end the reader of the whole connection.
          follower.onInterruption?.(error)
        }
      },
      onCaughtUp: (sequence) => follower.onCaughtUp?.(sequence),
      onBroken: (error) => {
        if (error) follower.onInterruption?.(error)
        if (!stopped) pause = setTimeout(start, error ? pauseMs : 0)
      },
    })
  }
  void onReconnect(connection, start)
  start()

  return {
    stop: () => {
      stopped = true
      clearTimeout(pause)
      session?.end()
    },
  }
}

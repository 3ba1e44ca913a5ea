import { headers, type NatsConnection } from '@nats-io/transport-node'
import { sequenceOf } from './append.ts'
import { StoreFull } from './errors.ts'
import { onReconnect } from './reconnect.ts'
import type { Request } from './requester.ts'
import { openReserve, type ReserveOptions } from './reserve.ts'

/** Whether the store takes everything, or only what has to be stored, into the reserve. */
export type Room = 'open' | 'full'

export type RoomKeeper = {
  /** What the store said last, at most 5 s ago. @throws StoreUnavailable when it takes no events at all */
  room: () => Promise<Room>
  /** Appends; where there is no room left, the reserve is given up, and it is done again. */
  withReserve: <T>(append: () => Promise<T>, again: () => Promise<T>) => Promise<T>
}

export type RoomOptions = {
  /** A subject of the stream of events, where a message replaces itself. */
  probe: string
  reserve: ReserveOptions
}

/** That of a store which has no place to try, and keeps nothing back. */
export const withoutRoomKeeper: RoomKeeper = {
  room: () => Promise.reject(new RangeError('this event store was opened without `room`')),
  withReserve: (append) => append(),
}

const holdsMs = 5000
const timeoutMs = 1500

/**
 * Finds out whether the store takes events by storing one: a stream whose disk was full takes none until its server is
 * started again, and looks well otherwise. Of these messages only the newest stays.
 */
export function openRoomKeeper(
  connection: NatsConnection,
  request: Request,
  { probe, streamName, reserve: options }: RoomOptions & { streamName: string },
): RoomKeeper {
  const reserve = openReserve(connection, request, options)
  let held: { until: number; room: Promise<Room> } | undefined
  const hold = (room: Promise<Room>) => {
    held = { until: performance.now() + holdsMs, room }
    return room
  }
  const ask = async (): Promise<Room> => {
    const own = headers()
    own.set('Nats-Rollup', 'sub')
    try {
      sequenceOf(await request(probe, '{}', { headers: own, timeoutMs }), streamName)
      return (await reserve.isWhole()) ? 'open' : 'full'
    } catch (error) {
      if (error instanceof StoreFull) return 'full'
      throw error
    }
  }
  void onReconnect(connection, () => (held = undefined))
  return {
    room: () => (held && performance.now() < held.until ? held.room : hold(ask())),
    withReserve: (append, again) =>
      append().catch(async (error: unknown) => {
        if (!(error instanceof StoreFull)) throw error
        await reserve.release()
        void hold(Promise.resolve('full'))
        return again()
      }),
  }
}

import { openPlaces } from '@pdf-smaller/platform'

/** What may go on at once under each key, and when those come in turn who find no place. */
export type Slots = {
  /** @returns gives the place back; undefined where there is none */
  take: (key: string, most: number) => (() => void) | undefined
  /** When somebody who found no place comes again: each a little later than the one before. */
  turn: (key: string, now: Date) => Date
}

const firstMs = 1000
const apartMs = 250

export function openSlots(): Slots {
  const places = openPlaces()
  const turns = new Map<string, number>()
  return {
    take: (key, most) => {
      const leave = places.take(key, most)
      return (
        leave &&
        (() => {
          if (leave()) turns.delete(key)
        })
      )
    },
    turn: (key, now) => {
      const at = Math.max(now.getTime() + firstMs, (turns.get(key) ?? 0) + apartMs)
      turns.set(key, at)
      return new Date(at)
    },
  }
}

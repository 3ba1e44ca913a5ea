import type { Clock } from './clock.ts'

/** The messages that a durable consumer has given out, and of which it has not heard that they are done with. */
export type Outstanding = {
  /** How often a message was given out; 0 for one that is not out. */
  deliveriesOf: (sequence: number) => number
  /** Notes that a message is out, once more or still, until it comes again after so many ms. */
  hold: (sequence: number, deliveries: number, ms: number) => void
  done: (sequence: number) => void
  /** Those that are to come again now. */
  due: () => number[]
  figures: () => { out: number; redelivered: number; oldest: number }
}

/** @param onDue called when one is to come again */
export function openOutstanding({ at, nowMs }: Clock, onDue: () => void): Outstanding {
  const held = new Map<number, { deliveries: number; alarm: { cancel: () => void } | undefined }>()
  return {
    deliveriesOf: (sequence) => held.get(sequence)?.deliveries ?? 0,
    hold: (sequence, deliveries, ms) => {
      held.get(sequence)?.alarm?.cancel()
      const alarm = at(nowMs() + ms, () => {
        held.set(sequence, { deliveries, alarm: undefined })
        onDue()
      })
      held.set(sequence, { deliveries, alarm })
    },
    done: (sequence) => {
      held.get(sequence)?.alarm?.cancel()
      held.delete(sequence)
    },
    due: () => [...held].flatMap(([sequence, { alarm }]) => (alarm ? [] : [sequence])),
    figures: () => ({
      out: held.size,
      redelivered: [...held.values()].filter(({ deliveries }) => deliveries > 1).length,
      oldest: Math.min(...held.keys()),
    }),
  }
}

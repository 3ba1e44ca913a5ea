import { z } from 'zod'
import type { DurableConsumer, EventStore } from '../src/index.ts'

export const Counted = z.object({ id: z.string(), n: z.number() })
export type Counted = z.infer<typeof Counted>

/**
 * One kind of store under test. What is stored lies under `s`, schedules under `later`, and nothing else is its own;
 * the stream `NOTES` keeps what is under `note`.
 */
export type Subject = {
  store: EventStore<Counted>
  /** Makes a durable consumer, where that is a step of its own. */
  make: (consumer: DurableConsumer) => Promise<void>
  now: () => Date
  /** Lets time pass where it does not do so by itself. */
  pass: (ms: number) => void
  /** Lets a schedule go off where the time for it does not come by itself. */
  fire: (schedule: string) => void
  close: () => Promise<void>
}

export type OpenSubject = () => Promise<Subject>

let count = 0
export const newStream = () => `s.a${count++}`
export const event = (n: number): Counted => ({ id: `${n}-${count++}`, n })
export const numbers = (recorded: readonly { event: Counted }[]) => recorded.map(({ event }) => event.n)

/** Follows what is stored from now on, and tells when something of it has come. */
export async function follow(store: EventStore<Counted>, filters: string[]) {
  const seen: { subject: string; n: number }[] = []
  const waiters = new Set<() => void>()
  const from = { sequence: await store.lastSequence(), history: await store.createdAt() }
  const following = store.follow({
    from,
    filters,
    onBegin: () => {},
    onEvent: ({ subject, event }) => {
      seen.push({ subject, n: event.n })
      waiters.forEach((look) => look())
    },
    onPoison: () => {},
  })
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return
        waiters.delete(look)
        resolve()
      }
      waiters.add(look)
      look()
    })
  return { seen, until, stop: following.stop }
}

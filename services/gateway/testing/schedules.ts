import type { StoredEvent } from '@pdf-smaller/contracts'
import type { NewSchedule } from '@pdf-smaller/eventstore'
import type { JobStore } from '@pdf-smaller/platform'

/** A store that remembers what is scheduled through it, and can have that happen before its time. */
export type Hurried = {
  store: JobStore
  /** What was scheduled, oldest first. */
  scheduled: readonly NewSchedule<StoredEvent>[]
  /** Has what was scheduled last happen now, whatever its time. */
  fireLast: () => Promise<void>
}

/** So that a test has all the time that it needs before a schedule, and does not wait for it. */
export function hurried(store: JobStore): Hurried {
  const scheduled: NewSchedule<StoredEvent>[] = []
  return {
    store: {
      ...store,
      append: (entries, options) => {
        for (const entry of entries) if ('when' in entry) scheduled.push(entry)
        return store.append(entries, options)
      },
    },
    scheduled,
    fireLast: async () => {
      const last = scheduled.at(-1)
      if (!last) throw new Error('nothing was scheduled')
      await store.append([{ ...last, when: new Date() }])
    },
  }
}

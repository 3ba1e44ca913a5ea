import type { ObjectStore } from '@pdf-smaller/object-store'
import { inTime, type Readiness, readinessPatienceMs } from '@pdf-smaller/platform'

type Stores = { store: { room: () => Promise<unknown> }; objects: Pick<ObjectStore, 'probe'> }

/** Asks both stores whether they are of use; one that does not answer in time is a problem, too. */
export function readinessOf({ store, objects }: Stores, patienceMs = readinessPatienceMs): Readiness {
  return async () => {
    const found = await Promise.all([
      problemOf('events', inTime(store.room(), patienceMs)),
      problemOf('objects', inTime(objects.probe(), patienceMs)),
    ])
    return Object.fromEntries(found.flat())
  }
}

async function problemOf(part: string, check: Promise<unknown>): Promise<[part: string, why: string][]> {
  return check.then(
    () => [],
    (error: unknown) => [[part, error instanceof Error ? error.message : String(error)]],
  )
}

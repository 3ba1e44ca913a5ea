import { StoreFull, StoreUnavailable } from '@pdf-smaller/eventstore'
import type { JobStore } from '@pdf-smaller/platform'

/** @throws StoreFull while the event store keeps what room it has for jobs that are there; StoreUnavailable */
export async function checkRoom(store: Pick<JobStore, 'room'>): Promise<void> {
  if ((await store.room()) === 'full')
    throw new StoreFull(
      'the event store is full; what room it has is kept for erasing and for the ends of jobs',
    )
}

/**
 * Refuses what would begin a job or an upload while the event store is full. One that does not answer is left to whoever
 * stores something there, and waits for it.
 * @throws StoreFull
 */
export async function refuseWhenFull(store: Pick<JobStore, 'room'>): Promise<void> {
  try {
    await checkRoom(store)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}

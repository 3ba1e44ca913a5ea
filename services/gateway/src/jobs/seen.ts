import { StoreUnavailable } from '@pdf-smaller/eventstore'
import type { JobProjection } from '../projection/port.ts'

const patienceMs = 5000

/**
 * Waits until the projection shows what was stored, so that the next request finds it.
 * Stored it is in any case, so a projection that is far behind is no failure.
 */
export async function seen(projection: JobProjection, sequence: number): Promise<void> {
  try {
    await projection.reached(sequence, patienceMs)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}

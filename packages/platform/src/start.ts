import { inspect } from 'node:util'
import { ServerTooOld, StoreRefused, StoreUnavailable } from '@pdf-smaller/eventstore'

/** Why a process does not start, in words for whoever starts it: what failed, and what to do. */
export class StartError extends Error {
  override readonly name: string = 'StartError'
}

/** Starts a process; where it cannot start, tells why and ends it with 1. What nobody foresaw is told with its stack. */
export async function startOrTell(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    const foreseen = [StartError, StoreUnavailable, StoreRefused, ServerTooOld].some(
      (each) => error instanceof each,
    )
    const why = foreseen && error instanceof Error ? error.message : inspect(error)
    process.stderr.write(`PDF Smaller does not start.\n${why}\n`)
    process.exit(1)
  }
}

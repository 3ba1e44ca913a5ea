import { inspect } from 'node:util'
import { LayoutRefused, ServerTooOld, StoreRefused, StoreUnavailable } from '@pdf-smaller/eventstore'

/** How a process ends that does not start: 1, or 4 where what it needs is in the hands of another that runs. */
export const exitCodes = { cannotStart: 1, alreadyRuns: 4 } as const

/** Why a process does not start, in words for whoever starts it: what failed, and what to do. */
export class StartError extends Error {
  override readonly name: string = 'StartError'
  readonly exitCode: number = exitCodes.cannotStart
}

/** Another process has what this one needs: its folder or its port. */
export class AlreadyRuns extends StartError {
  override readonly name = 'AlreadyRuns'
  override readonly exitCode = exitCodes.alreadyRuns
}

/** Starts a process; where it cannot start, tells why and ends it. What nobody foresaw is told with its stack. */
export async function startOrTell(start: () => Promise<void>): Promise<void> {
  try {
    await start()
  } catch (error) {
    const foreseen = [StartError, LayoutRefused, StoreUnavailable, StoreRefused, ServerTooOld].some(
      (each) => error instanceof each,
    )
    const why = foreseen && error instanceof Error ? error.message : inspect(error)
    process.stderr.write(`PDF Smaller does not start.\n${why}\n`)
    process.exit(error instanceof StartError ? error.exitCode : exitCodes.cannotStart)
  }
}

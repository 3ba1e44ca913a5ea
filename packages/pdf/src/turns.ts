import { setImmediate } from 'node:timers/promises'

/** Other work waits no longer than this, milliseconds. */
const longestTurn = 10

/** Is asked now and then by what takes long, and awaited: lets other work have its turn when this has had its own. */
export type Pause = () => Promise<void> | undefined

/** @param signal ends the work at one of its pauses */
export function openTurns(signal?: AbortSignal): Pause {
  let began = performance.now()
  return () => {
    if (performance.now() - began < longestTurn) return undefined
    signal?.throwIfAborted()
    return setImmediate().then(() => {
      began = performance.now()
    })
  }
}

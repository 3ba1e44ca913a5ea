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

/** Runs work that is told in steps, all of them at once. */
export function atOnce<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Runs work that is told in steps, and lets other work have its turn between them. */
export async function inTurns<T>(steps: Generator<undefined, T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pause()
  }
}

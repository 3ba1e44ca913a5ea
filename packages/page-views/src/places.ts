import { JobFailure } from '@pdf-smaller/contracts'

/** Lets only so many work at once, in the order in which they came; each caller may have only so many here. */
export type Places = {
  /**
   * Runs `work` when there is a place.
   * @throws JobFailure too_many_drawings, overloaded; the signal's reason when it aborts before there is one
   */
  take: <T>(caller: string, signal: AbortSignal, work: () => Promise<T>) => Promise<T>
}

/** Beyond so many that wait, whoever comes would wait for minutes. */
const mostWaiting = 500

/** @param of.caller of one caller, working and waiting */
export function openPlaces(of: { all: number; caller: number }): Places {
  const held = new Map<string, number>()
  const waiting = new Set<() => void>()
  let free = of.all
  const enter = async (signal: AbortSignal) => {
    signal.throwIfAborted()
    if (free > 0) return void free--
    if (waiting.size >= mostWaiting)
      throw new JobFailure('overloaded', `${waiting.size} pages wait to be drawn`)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      waiting.delete(resolve)
      reject(signal.reason)
    }
    waiting.add(resolve)
    signal.addEventListener('abort', leave, { once: true })
    return promise.finally(() => signal.removeEventListener('abort', leave))
  }
  const exit = () => {
    const [next] = waiting
    if (!next) return void free++
    waiting.delete(next)
    next()
  }
  return {
    take: async (caller, signal, work) => {
      const own = held.get(caller) ?? 0
      if (own >= of.caller)
        throw new JobFailure('too_many_drawings', `it has ${own} (PDF_SMALLER_PAGE_DRAWINGS)`)
      held.set(caller, own + 1)
      try {
        await enter(signal)
        return await work().finally(exit)
      } finally {
        const left = (held.get(caller) ?? 1) - 1
        if (left > 0) held.set(caller, left)
        else held.delete(caller)
      }
    },
  }
}

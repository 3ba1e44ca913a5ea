/** Work that waits for a core; the higher priority goes first, and every second of waiting counts as one step of it. */
export const priorities = { high: 20, medium: 10, low: 0 } as const
export type Priority = keyof typeof priorities

export type Cores = {
  /** Runs `work` as soon as one of the cores is free. Rejects with the signal's reason when that comes first. */
  use: <T>(priority: Priority, signal: AbortSignal, work: () => Promise<T>) => Promise<T>
}

type Waiter = { rank: number; start: () => void }

/** Bounds the engine processes of this host to its cores, whatever the domain they work for. */
export function openCores(count: number): Cores {
  let free = count
  const waiting: Waiter[] = []

  const admit = () => {
    while (free > 0 && waiting.length > 0) {
      const first = firstOf(waiting)
      leave(waiting, first)
      free--
      first.start()
    }
  }
  const acquire = async (priority: Priority, signal: AbortSignal) => {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter: Waiter = { rank: priorities[priority] - performance.now() / 1000, start: resolve }
    const giveUp = () => {
      leave(waiting, waiter)
      reject(signal.reason)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    waiting.push(waiter)
    admit()
    await promise.finally(() => signal.removeEventListener('abort', giveUp))
  }
  return {
    use: async (priority, signal, work) => {
      await acquire(priority, signal)
      try {
        return await work()
      } finally {
        free++
        admit()
      }
    },
  }
}

/** A rank is a priority that is lowered by the time of arrival, so the order of those who wait never changes. */
function firstOf(waiting: readonly Waiter[]): Waiter {
  return waiting.reduce((best, waiter) => (waiter.rank > best.rank ? waiter : best))
}

function leave(waiting: Waiter[], waiter: Waiter): void {
  const index = waiting.indexOf(waiter)
  if (index >= 0) waiting.splice(index, 1)
}

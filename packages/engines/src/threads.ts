import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** Work that is done in another thread. */
export type InThread<Order, Answer> = (order: Order) => Promise<Answer>

/**
 * Long calculations in threads of their own, so that the event loop goes on. Threads are started when they are first
 * needed, no more of a kind than there are cores; idle ones do not keep the process alive.
 * @param program the main file of a thread: it answers each message with one
 * @returns sends an order to a thread that is free, and resolves to its answer
 */
export function openThreads<Order, Answer>(program: URL): InThread<Order, Answer> {
  const idle: Worker[] = []
  const waiting: (() => void)[] = []
  let started = 0

  const freeThread = async (): Promise<Worker> => {
    for (;;) {
      const thread = idle.pop()
      if (thread) return thread
      if (started < availableParallelism()) {
        started++
        return new Worker(program)
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return async (order) => {
    const thread = await freeThread()
    thread.ref()
    try {
      thread.postMessage(order, [])
      const [answer]: Answer[] = await once(thread, 'message')
      if (answer === undefined) throw new Error('a thread answered nothing')
      thread.unref()
      idle.push(thread)
      return answer
    } catch (error) {
      // A thread that failed is gone.
      started--
      throw error
    } finally {
      waiting.shift()?.()
    }
  }
}

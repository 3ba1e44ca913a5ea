import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Effort } from './deflate.ts'

/** What a thread is to pack. */
export type Order = { bytes: Uint8Array; effort: Effort }

/** Threads of this process, started when they are first needed; idle ones do not keep it alive. */
const idle: Worker[] = []
let started = 0
const waiting: (() => void)[] = []

/**
 * Packs bytes as `deflateHard` does, in a thread of its own, so that the event loop goes on; no more threads work than
 * there are cores.
 */
export async function deflateInThread(bytes: Uint8Array, effort: Effort): Promise<Uint8Array> {
  const thread = await freeThread()
  thread.ref()
  try {
    thread.postMessage({ bytes, effort } satisfies Order, [])
    const [packed]: Uint8Array[] = await once(thread, 'message')
    if (!packed) throw new Error('a packing thread answered nothing')
    thread.unref()
    idle.push(thread)
    return packed
  } catch (error) {
    // A thread that failed is gone.
    started--
    throw error
  } finally {
    waiting.shift()?.()
  }
}

async function freeThread(): Promise<Worker> {
  for (;;) {
    const thread = idle.pop()
    if (thread) return thread
    if (started < availableParallelism()) {
      started++
      return new Worker(new URL('thread.ts', import.meta.url))
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
}

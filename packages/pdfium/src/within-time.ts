import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { JobFailure } from '@pdf-smaller/contracts'

/** By the clock an order may take so many times its processor time, for that is what other work takes from it. */
const clockFactor = 10

/**
 * The next message of a thread.
 * @param untilMs the processor time of the thread since its start at which its time is up
 * @param ms how much that leaves it
 * @throws JobFailure engine_timeout, engine_failed where it ended; the signal's reason when it aborts
 */
export async function withinTime<T>(
  worker: Worker,
  untilMs: number,
  ms: number,
  signal: AbortSignal,
): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const startedAt = performance.now()
  const isLate = () => performance.now() - startedAt >= ms * clockFactor
  const check = async () => {
    const { user, system } = await worker.cpuUsage()
    const left = untilMs - (user + system) / 1000
    if (left <= 0 || isLate())
      reject(new JobFailure('engine_timeout', `PDFium ran longer than ${ms / 1000} s`, { final: left <= 0 }))
    else arm(Math.max(left, 1))
  }
  let timer: NodeJS.Timeout
  const arm = (pauseMs: number) => {
    timer = setTimeout(() => void check().catch(reject), pauseMs)
  }
  const abort = () => reject(signal.reason)
  const answered = new AbortController()
  signal.addEventListener('abort', abort, { once: true })
  arm(ms)
  try {
    const message = once(worker, 'message', { signal: answered.signal })
    const [answer] = await Promise.race([message, ended(worker, answered.signal), stopped])
    return answer
  } finally {
    clearTimeout(timer!)
    signal.removeEventListener('abort', abort)
    answered.abort()
  }
}

async function ended(worker: Worker, signal: AbortSignal): Promise<never> {
  await once(worker, 'exit', { signal })
  throw new JobFailure('engine_failed', 'PDFium ended')
}

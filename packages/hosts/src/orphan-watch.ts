import { isMainThread, workerData } from 'node:worker_threads'

/** Told to a host where the system does not end it with its worker: it looks for itself whether that is still there. */
export const watchParent = 'watch parent'

/** The main file of the thread that looks. */
export const orphanWatch = new URL(import.meta.url)

const [everyMs, graceMs] = [1000, 3000]

/**
 * The main function of a thread that ends its process when the worker that started it has gone: the process's own loop,
 * which hears of that as well, may be blocked for ever.
 * @param worker its number; it may be gone before this runs
 */
function watch(worker: unknown): void {
  const timer = setInterval(() => {
    if (process.ppid === worker) return
    clearInterval(timer)
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs)
  }, everyMs)
}

if (!isMainThread) watch(workerData)

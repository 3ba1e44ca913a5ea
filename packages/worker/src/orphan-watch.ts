import { workerData } from 'node:worker_threads'

/**
 * The main file of a thread that ends its process when the worker that started it has gone: the process's own loop, which
 * hears of that as well, may be blocked for ever. It is given the worker's number, which may be gone before it runs.
 */
const worker: unknown = workerData
const [everyMs, graceMs] = [1000, 3000]

const watch = setInterval(() => {
  if (process.ppid === worker) return
  clearInterval(watch)
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs)
}, everyMs)

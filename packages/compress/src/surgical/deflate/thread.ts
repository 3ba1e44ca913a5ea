import { parentPort } from 'node:worker_threads'
import { deflateHard } from './deflate.ts'
import type { Order } from './in-thread.ts'

// The main file of a thread: packs what it is sent, one after the other.
parentPort?.on('message', ({ bytes, effort }: Order) => {
  parentPort?.postMessage(deflateHard(bytes, effort), [])
})

import { parentPort } from 'node:worker_threads'
import { cleaned } from './cleaned.ts'
import type { Order } from './in-thread.ts'

// The main file of a thread: cleans the pictures that it is sent, one after the other.
parentPort?.on('message', ({ picture, dpi }: Order) => {
  parentPort?.postMessage(cleaned(picture, dpi), [])
})

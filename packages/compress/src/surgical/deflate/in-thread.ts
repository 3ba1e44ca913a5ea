import { openThreads } from '@pdf-smaller/engines'
import type { Effort } from './deflate.ts'

/** What a thread is to pack. */
export type Order = { bytes: Uint8Array; effort: Effort }

/** Packs bytes as `deflateHard` does. */
export const deflateInThread = openThreads<Order, Uint8Array>(new URL('thread.ts', import.meta.url))

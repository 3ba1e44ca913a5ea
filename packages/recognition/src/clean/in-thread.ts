import { openThreads } from '@pdf-smaller/engines'
import type { Raster } from './cleaned.ts'

/** A picture that a thread is to clean. */
export type Order = { picture: Raster; dpi: number }

/** Cleans a picture as `cleaned` does. */
export const cleanInThread = openThreads<Order, Raster>(new URL('thread.ts', import.meta.url))

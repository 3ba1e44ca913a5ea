import type { PageWords } from '@pdf-smaller/contracts'
import type { Look } from './protocol.ts'

/** A file as pages. All throw JobFailure. Pages count from 1. */
export type Pages = {
  look: () => Promise<Look>
  /** @returns a picture as WebP */
  draw: (page: number, width: number) => Promise<Buffer>
  words: (page: number) => Promise<PageWords>
}

/** Sizes are told of so many pages. */
export const mostSizes = 1000

import { JobFailure } from '@pdf-smaller/contracts'

const codes = new Set([
  'engine_failed',
  'engine_timeout',
  'out_of_memory',
  'decompression_bomb',
  'too_many_pixels',
])

/** What an engine says of pages; undefined where it fails at them: many sound files are too much for one engine. */
export async function unlessUnreadable<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof JobFailure && codes.has(error.code)) return undefined
    throw error
  }
}

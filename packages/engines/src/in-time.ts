import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'

/**
 * Honest pages are read and drawn within the engines' time; others are made to exhaust us, and trying again would
 * not help.
 * @throws JobFailure decompression_bomb in place of engine_timeout
 */
export async function inTime<T>(context: EngineContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof JobFailure) || error.code !== 'engine_timeout') throw error
    throw new JobFailure('decompression_bomb', 'its pages take too long to read or draw', { cause: error })
  }
}

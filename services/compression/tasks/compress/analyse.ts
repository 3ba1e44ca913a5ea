import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, placedImages, type PlacedImage, textOfPages } from '@pdf-smaller/engines'
import type { InspectedDocument } from './inspect.ts'
import { refuseBombs } from './surgical/bombs.ts'

/** What the pages of the original say and show. */
export type Analysis = { text: string[]; images: PlacedImage[] }

/**
 * Reads the pages of the original, under a time limit and only once its streams are known to be bounded.
 * @throws JobFailure decompression_bomb
 */
export async function analyse(
  { path, pages, copy }: InspectedDocument,
  context: EngineContext,
): Promise<Analysis> {
  await refuseBombs(copy)
  const hasImages = [...copy.dictionaries()].some(([, { '/Subtype': kind }]) => kind === '/Image')
  const [text, images] = await inTime(context, () =>
    Promise.all([textOfPages(path, context, pages), hasImages ? placedImages(path, context, pages) : []]),
  )
  return { text, images }
}

/**
 * Honest pages are read and drawn within the engines' time; others are made to exhaust us, and trying again would
 * not help.
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

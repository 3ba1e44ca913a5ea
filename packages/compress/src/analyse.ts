import { type EngineContext, placedImages, type PlacedImage, textOfPages } from '@pdf-smaller/engines'
import { openTurns, type Pause, type WorkingCopy } from '@pdf-smaller/pdf'
import type { InspectedDocument } from './inspect.ts'
import { refuseBombs } from './surgical/bombs.ts'

/** What the pages of the original say and show. */
export type Analysis = { text: string[]; images: PlacedImage[] }

/**
 * Reads the pages of the original, under a time limit and only once its streams are known to be bounded.
 * @throws JobFailure decompression_bomb, engine_timeout
 */
export async function analyse(
  { path, pages, copy }: InspectedDocument,
  context: EngineContext,
): Promise<Analysis> {
  await refuseBombs(copy)
  const hasImages = await hasImage(copy, openTurns(context.signal))
  const [text, images] = await Promise.all([
    textOfPages(path, context, pages),
    hasImages ? placedImages(path, context, pages) : [],
  ])
  return { text, images }
}

async function hasImage(copy: WorkingCopy, pause: Pause): Promise<boolean> {
  for (const [, { '/Subtype': kind }] of copy.dictionaries()) {
    if (kind === '/Image') return true
    await pause()
  }
  return false
}

import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, readObjects, textOfPages } from '@pdf-smaller/engines'
import type { InspectedDocument } from '../inspect.ts'
import type { Settings } from '../levels.ts'
import { pdfObjects } from '../pdf-objects.ts'
import { differences, features } from './features.ts'
import { type LookVerdict, openLook } from './look.ts'
import { textDamage } from './text.ts'

/**
 * Judges candidates against their original: what it carries, its text, its look. The cheap questions come first.
 * @returns the damage in words, or how alike the pages look
 */
export function openJudge(
  document: InspectedDocument,
  settings: Settings,
  context: EngineContext,
): (candidate: string) => Promise<LookVerdict> {
  const look = openLook(document.path, document.pages, settings, context)
  let text: Promise<string[]> | undefined
  return async (candidate) => {
    try {
      const json = await readObjects(candidate, context, {
        keys: ['pages', 'outlines', 'acroform', 'attachments'],
      })
      const lost = differences(document.features, features(json, pdfObjects(json)))
      if (lost.length > 0) return { damage: `it changed the ${lost.join(', ')}` }
      text ??= textOfPages(document.path, context)
      const [before, after] = await Promise.all([text, textOfPages(candidate, context)])
      const changed = textDamage(before, after)
      return changed ? { damage: changed } : await look(candidate)
    } catch (error) {
      context.signal.throwIfAborted()
      if (error instanceof JobFailure && error.code === 'engine_timeout') {
        throw new JobFailure('decompression_bomb', 'its pages take too long to read or draw', {
          cause: error,
        })
      }
      throw error
    }
  }
}

import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, readObjects, textOfPages } from '@pdf-smaller/engines'
import type { InspectedDocument } from '../inspect.ts'
import type { Settings } from '../levels.ts'
import { pdfObjects } from '../pdf-objects.ts'
import { differences, features } from './features.ts'
import { type LookVerdict, openLook } from './look.ts'
import { textDamage } from './text.ts'

export type Judge = {
  /**
   * Reads the pages of the original under a time limit.
   * @throws JobFailure decompression_bomb when they take too long
   */
  prepare: () => Promise<void>
  /** @returns the damage in words, or how alike the pages look */
  judge: (candidate: string) => Promise<LookVerdict>
}

/** Judges candidates against their original: what it carries, its text, its look. The cheap questions come first. */
export function openJudge(document: InspectedDocument, settings: Settings, context: EngineContext): Judge {
  const look = openLook(document.path, document.pages, settings, context)
  let text: Promise<string[]> | undefined
  const originalText = () => (text ??= inTime(context, () => textOfPages(document.path, context)))
  return {
    prepare: async () => {
      await originalText()
    },
    judge: (candidate) =>
      inTime(context, async () => {
        const json = await readObjects(candidate, context, {
          keys: ['pages', 'outlines', 'acroform', 'attachments'],
        })
        const lost = differences(document.features, features(json, pdfObjects(json)))
        if (lost.length > 0) return { damage: `it changed the ${lost.join(', ')}` }
        const [before, after] = await Promise.all([originalText(), textOfPages(candidate, context)])
        const changed = textDamage(before, after)
        return changed ? { damage: changed } : look(candidate)
      }),
  }
}

/** Honest pages are read and drawn within the engines' time; others are made to exhaust us, and trying again would not help. */
async function inTime<T>(context: EngineContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof JobFailure) || error.code !== 'engine_timeout') throw error
    throw new JobFailure('decompression_bomb', 'its pages take too long to read or draw', { cause: error })
  }
}

import { type EngineContext, readObjects, textOfPages } from '@pdf-smaller/engines'
import { pdfObjects } from '@pdf-smaller/pdf'
import type { Analysis } from '../analyse.ts'
import type { InspectedDocument } from '../inspect.ts'
import type { Settings } from '../levels.ts'
import { differences, features } from './features.ts'
import { type LookVerdict, openLook } from './look.ts'
import { textDamage } from './text.ts'

/**
 * @param compared the pages whose look is compared
 * @param settings what look may be given up
 * @returns the damage in words, or how alike the pages look
 * @throws JobFailure engine_timeout where they take too long to draw
 */
export type Judge = (
  candidate: string,
  compared: readonly number[],
  settings: Settings,
) => Promise<LookVerdict>

/** Judges candidates against their original: what it carries, its text, its look. The cheap questions come first. */
export function openJudge(
  { path, pages, features: before }: InspectedDocument,
  { text }: Analysis,
  context: EngineContext,
): Judge {
  const look = openLook(path, context)
  return async (candidate, compared, settings) => {
    const dropped = new Set(settings.keepXmp ? [] : ['hasXmp'])
    const json = await readObjects(candidate, context, {
      keys: ['pages', 'outlines', 'acroform', 'attachments', 'encrypt'],
    })
    const lost = differences(before, features(json, pdfObjects(json)), dropped)
    if (lost.length > 0) return { damage: `it changed the ${lost.join(', ')}` }
    const changed = textDamage(text, await textOfPages(candidate, context, pages))
    if (changed) return { damage: changed }
    return compared.length > 0 ? look(candidate, compared, settings) : {}
  }
}

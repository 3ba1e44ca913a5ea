import { type EngineContext, inTime, readObjects, textOfPages } from '@pdf-smaller/engines'
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
  return (candidate, compared, settings) =>
    inTime(context, async () => {
      const dropped = new Set(settings.keepXmp ? [] : ['hasXmp'])
      const json = await readObjects(candidate, context, {
        keys: ['pages', 'acroform', 'attachments', 'encrypt'],
      })
      const lost = differences(before, features(json, pdfObjects(json)), dropped)
      if (lost.length > 0) return { damage: `it changed the ${lost.join(', ')}` }
      const changed = textDamage(text, await textOfPages(candidate, context, pages))
      return changed ? { damage: changed } : look(candidate, compared, settings)
    })
}

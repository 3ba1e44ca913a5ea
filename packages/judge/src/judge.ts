import { readPdf } from '@pdf-smaller/pdf'
import { type EngineContext, textOfPages } from '@pdf-smaller/engines'
import { differences, type Features, features } from './facts/features.ts'
import type { LookLimits } from './look/limits.ts'
import { type LookVerdict, openLook } from './look/look.ts'
import { textDamage } from './text.ts'

/** The document that candidates are compared with. */
export type Original = { path: string; pages: number; features: Features }

/**
 * @param compared the pages whose look is compared
 * @param limits what look may be given up
 * @returns the damage in words, or how alike the pages look
 * @throws JobFailure engine_timeout where they take too long to draw
 */
export type Judge = (
  candidate: string,
  compared: readonly number[],
  limits: LookLimits & { keepXmp: boolean },
) => Promise<LookVerdict>

/** Judges candidates against their original: what it carries, its text, its look. The cheap questions come first. */
export function openJudge(
  { path, pages, features: before }: Original,
  text: readonly string[],
  context: EngineContext,
): Judge {
  const look = openLook(path, (page) => before.inches[page - 1] ?? 0, context)
  return async (candidate, compared, limits) => {
    const dropped = new Set<keyof Features>(limits.keepXmp ? [] : ['hasXmp'])
    const read = await readPdf(candidate, context)
    const lost = differences(before, await features(read.objects, read.pages, read.encryption), dropped)
    if (lost.length > 0) return { damage: `it changed the ${lost.join(', ')}` }
    const changed = textDamage(text, await textOfPages(candidate, context, pages))
    if (changed) return { damage: changed }
    return compared.length > 0 ? look(candidate, compared, limits) : {}
  }
}

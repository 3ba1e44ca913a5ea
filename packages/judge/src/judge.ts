import { readPdf, type ReadPdf } from '@pdf-smaller/pdf'
import { type EngineContext, textOfPages } from '@pdf-smaller/engines'
import { differences, type Features, features } from './facts/features.ts'
import { lostName } from './facts/lost-names.ts'
import type { LookLimits } from './look/limits.ts'
import { type LookVerdict, openLook } from './look/look.ts'
import { spread } from './look/sample.ts'
import { textDamage } from './text.ts'

/** The document that candidates are compared with. */
export type Original = { path: string; pages: number; features: Features }

type Limits = LookLimits & { keepXmp: boolean }

/**
 * @param compared the pages whose look is compared
 * @param limits what look may be given up
 * @returns the damage in words, or how alike the pages look
 * @throws JobFailure engine_timeout where they take too long to draw
 */
export type Judge = (candidate: string, compared: readonly number[], limits: Limits) => Promise<LookVerdict>

/** Judges candidates against their original: what it carries, its text, its look. The cheap questions come first. */
export function openJudge(
  { path, pages, features: before }: Original,
  text: readonly string[],
  context: EngineContext,
): Judge {
  const look = openLook(path, (page) => before.inches[page - 1] ?? 0, context)
  return async (candidate, compared, limits) => {
    const read = await readPdf(candidate, context)
    const after = await features(read.objects, read.pages, read.encryption)
    const lost = differences(before, after, droppedBy(limits))
    if (lost.length > 0) return { damage: `it changed the ${lost.join(', ')}`, code: 'carried_changed' }
    const missing = await missingOnPage(before, after, read)
    if (missing !== undefined) return { damage: missing, code: 'drawn_lost' }
    const changed = textDamage(text, await textOfPages(candidate, context, pages))
    if (changed) return { damage: changed, code: 'text_changed' }
    const seen = withRedrawn(compared, before, after, limits)
    return seen.length > 0 ? look(candidate, seen, limits) : {}
  }
}

/** What may be other than it was, as it was asked for. */
const droppedBy = ({ keepXmp, colours }: Limits) =>
  new Set<keyof Features>([
    ...(keepXmp ? [] : (['packet'] as const)),
    // What appearances draw is drawn in other colours.
    ...(colours === 'keep' ? [] : (['appearances'] as const)),
  ])

/** So many pages are looked at besides, as they draw something else than they did. */
const mostRedrawn = 20

function withRedrawn(
  compared: readonly number[],
  before: Features,
  after: Features,
  { colours }: Limits,
): readonly number[] {
  // Where all is to be drawn in other colours, that tells nothing.
  if (colours !== 'keep') return compared
  const redrawn = before.drawn.flatMap((digest, index) => (digest === after.drawn[index] ? [] : [index + 1]))
  return [...new Set([...compared, ...spread(redrawn, mostRedrawn)])].sort((one, other) => one - other)
}

async function missingOnPage(
  before: Features,
  after: Features,
  { objects, pages }: ReadPdf,
): Promise<string | undefined> {
  for (const [index, page] of pages.entries()) {
    const name = await lostName(before.named[index] ?? [], after.named[index] ?? [], page, objects)
    if (name !== undefined) return `page ${index + 1} has lost what it draws (${name})`
  }
  return undefined
}

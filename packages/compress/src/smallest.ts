import type { PageDamage } from '@pdf-smaller/judge'
import { type Candidate, type Chosen, choose, type Tried, tryPass } from './candidates.ts'
import { openDrawnAnew } from './mending/drawn-anew.ts'
import { openGentlerImages } from './mending/images.ts'
import { blamed, blamedNow, type Mends } from './mending/mend.ts'
import { mendedPass, passes, structurePass } from './passes.ts'
import type { Pass } from './result.ts'
import { untouched, type Work } from './work.ts'

/** What the passes came to: the smallest intact file, and a report of each. */
export type Smallest = { chosen: Chosen | undefined; reports: Pass[] }

/** So often damaged pages are mended; the last time all of them is as it was. */
const mostRounds = 4

/** Tries the passes; where they went too far for some pages, mends these, and at last takes what touches no images. */
export async function smallestIntact(work: Work): Promise<Smallest> {
  const tried: Tried[] = []
  let chosen = await intactOf(work, tried)
  const kept = chosen ? [] : pagesDamaged(tried).filter((page) => work.contents.shortened.has(page))
  // What shortening has done to pages, or a glyph that fonts lack, cannot be taken back alone.
  if (!chosen && (kept.length > 0 || work.fonts.lostGlyphs)) chosen = await intactOf(anew(work, kept), tried)
  if (!chosen) {
    const last = await tryPass(structurePass, work)
    tried.push(last)
    chosen = await choose([last], work)
  }
  return { chosen, reports: tried.map(({ report }) => report) }
}

const pagesDamaged = (tried: readonly Tried[]) =>
  tried.flatMap(({ candidate }) => candidate?.damages ?? []).map(({ page }) => page)

/** The same work from its beginning, but for the contents of some pages, which stay as they were, as do all glyphs. */
const anew = (work: Work, kept: readonly number[]): Work => ({
  ...work,
  document: { ...work.document, copy: work.document.reopen() },
  ...untouched(),
  contents: { shortened: new Set(), kept: new Set(kept) },
  fonts: { keepGlyphs: true, lostGlyphs: false },
})

/** The smallest intact file of the passes, mended where it has to be. @param all gets what each pass came to */
async function intactOf(work: Work, all: Tried[]): Promise<Chosen | undefined> {
  const tried: Tried[] = []
  const drawnAnew = openDrawnAnew(work.document, work.slimmed)
  for (const pass of passes)
    tried.push(pass.drawsAnew ? await drawnAnew.watch(() => tryPass(pass, work)) : await tryPass(pass, work))
  const usual = await choose(tried, work)
  const mended = await mendedUntilIntact(work, { tried, drawnAnew, usual })
  all.push(...tried)
  return mended ?? usual
}

type Begun = { tried: Tried[]; drawnAnew: ReturnType<typeof openDrawnAnew>; usual: Chosen | undefined }

/** The file with all that is new, but for what is to blame for damage; undefined where another is smaller. */
async function mendedUntilIntact(
  work: Work,
  { tried, drawnAnew, usual }: Begun,
): Promise<Chosen | undefined> {
  const images = openGentlerImages(work)
  const refused = new Map<number, PageDamage>()
  let mends = work.settings.colours === 'keep' || !usual ? blamed(tried, work.document.pages) : undefined
  for (let round = 1; mends && round <= mostRounds; round++) {
    // Who asks for a resolution or quality is given that or nothing.
    if (isNothing(mends) || (work.settings.insists && mends.images.length > 0)) return undefined
    for (const damage of mends.images) refused.set(damage.page, damage)
    const isLast = round === mostRounds
    const mended = await tryPass(mendedPass({ mends, drawnAnew, images, isLast }), work)
    tried.push(mended)
    const { candidate } = mended
    if (!candidate || candidate.bytes >= (usual?.winner.bytes ?? Infinity)) return undefined
    const chosen = await choose([mended], work)
    if (chosen) return instead(chosen, usual?.winner)
    mends = candidate.damages && blamedNow(candidate.damages, refused, drawnAnew, images)
    // At last whatever is new on these pages is as it was.
    if (mends && candidate.damages && round + 1 === mostRounds)
      mends = { ...mends, images: [...candidate.damages] }
  }
  return undefined
}

const isNothing = (mends: Mends) => Object.values(mends).every(({ length }) => length === 0)

/** What would have been taken is intact all the same. */
function instead(chosen: Chosen, other: Candidate | undefined): Chosen {
  if (other) other.report.outcome = 'kept'
  return chosen
}

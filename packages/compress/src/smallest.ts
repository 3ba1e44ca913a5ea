import { type Chosen, choose, type Tried, tryPass } from './candidates.ts'
import { gentlePass, passes, structurePass } from './passes.ts'
import type { Pass } from './result.ts'
import type { Work } from './work.ts'

/** What the passes came to: the smallest intact file, and a report of each. */
export type Smallest = { chosen: Chosen | undefined; reports: Pass[] }

/** So often images of pages that were damaged are encoded more gently; the last time they stay as they are. */
const mostRounds = 3

/** Tries the passes; where they went too far for some pages, more gently for these, and at last what touches no images. */
export async function smallestIntact(work: Work): Promise<Smallest> {
  const tried: Tried[] = []
  for (const pass of passes) tried.push(await tryPass(pass, work))
  let chosen = await choose(tried, work)
  let refused = tried.find(({ report }) => report.name === 'surgical')
  let gentleness: ReadonlyMap<number, number> = new Map()
  for (let round = 1; !chosen && refused?.report.outcome === 'rejected' && round <= mostRounds; round++) {
    if (work.settings.insists) break
    gentleness = more(gentleness, pagesOf(refused, work), round === mostRounds ? Infinity : 1)
    refused = await tryPass(gentlePass(gentleness), work)
    tried.push(refused)
    chosen = await choose([refused], work)
  }
  if (!chosen) {
    const last = await tryPass(structurePass, work)
    tried.push(last)
    chosen = await choose([last], work)
  }
  return { chosen, reports: tried.map(({ report }) => report) }
}

/** The pages that went too far: all of them where the damage is not one of pages. */
const pagesOf = ({ candidate }: Tried, { document }: Work): readonly number[] =>
  candidate?.damagedPages ?? Array.from({ length: document.pages }, (_, index) => index + 1)

function more(known: ReadonlyMap<number, number>, pages: readonly number[], by: number) {
  return new Map([...known, ...pages.map((page) => [page, (known.get(page) ?? 0) + by] as const)])
}

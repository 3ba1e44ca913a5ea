import { type Chosen, choose, type Tried, tryPass } from './candidates.ts'
import { lastResorts, passes } from './passes.ts'
import type { Pass } from './result.ts'
import type { Work } from './work.ts'

/** What the passes came to: the smallest intact file, and a report of each. */
export type Smallest = { chosen: Chosen | undefined; reports: Pass[] }

/** Tries the passes, and the last resorts when none of them made anything good. */
export async function smallestIntact(work: Work): Promise<Smallest> {
  const tried: Tried[] = []
  for (const pass of passes) tried.push(await tryPass(pass, work))
  let chosen = await choose(tried, work)
  for (const pass of lastResorts) {
    if (chosen) break
    const last = await tryPass(pass, work)
    tried.push(last)
    chosen = await choose([last], work)
  }
  return { chosen, reports: tried.map(({ report }) => report) }
}

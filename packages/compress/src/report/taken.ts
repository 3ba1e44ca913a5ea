import { structurePass } from '../passes.ts'
import type { Chosen } from '../candidates.ts'
import type { Pass } from '../result.ts'
import type { ImageOutcome } from '../surgical/images/tally.ts'

/** What came of the images in the result that was taken: where that has none of what was made of them, they are as they were. */
export function asTaken(
  outcomes: readonly ImageOutcome[],
  { chosen, reports }: { chosen: Chosen | undefined; reports: readonly Pass[] },
): readonly ImageOutcome[] {
  if (chosen && chosen.winner.report.name !== structurePass.name) return outcomes
  const kept = reports.some(({ outcome }) => outcome === 'rejected') ? 'page_would_differ' : 'no_gain'
  return outcomes.map((outcome) => ('kept' in outcome ? outcome : asItWas(outcome, kept)))
}

const asItWas = (
  { class: kind, before, pages, ppi, rules, refused, reference, coverage }: ImageOutcome,
  kept: 'page_would_differ' | 'no_gain',
): ImageOutcome => ({
  class: kind,
  before,
  pages,
  ppi,
  ...(rules ? { rules } : {}),
  ...(refused ? { refused } : {}),
  reference,
  coverage,
  kept,
})

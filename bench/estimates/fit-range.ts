import { type Constants, type Margins, unsureShare, weightOf } from '@pdf-smaller/estimate'
import type { Case } from './usual.ts'

/** How far a result was from what was likely when its file was left out of the fit, as a share of the file. */
export type Miss = { family: string; unsure: number; by: number }

type Ranges = Pick<Constants, 'mostUnsure' | 'sure' | 'unsure'>

/** Nine results in ten are to be within the range; of those that were left out, fewer are than of those that it is fitted to. */
const coverage = 0.91
/** Ranges of sure files are no wider, as a share of the file. */
export const narrow = 0.15
/** So few are too few to tell. */
const leastFiles = 20

/** @param result of compression, as is what is `likely`, bytes */
export const missOf = (
  { family, structure }: Case,
  level: Constants,
  { likely, result }: { likely: number; result: number },
): Miss => ({
  family,
  unsure: unsureShare(level, structure),
  by: (result - likely) / structure.bytes,
})

/**
 * By how much results differ to both sides, such that nine in ten files are within: of as many of the surest files as a
 * narrow range holds for, and, in proportion to what is unsure of them, of all others (split conformal prediction by groups).
 */
export function fitRange(misses: readonly Miss[]): Ranges {
  const sorted = misses.toSorted((one, other) => one.unsure - other.unsure)
  for (let count = sorted.length; count > leastFiles; count--) {
    const mostUnsure = sorted[count - 1]?.unsure ?? 0
    if (sorted[count]?.unsure === mostUnsure) continue
    const sure = shortest(sorted.slice(0, count).map(({ by }) => by))
    if (sure.below + sure.above <= narrow) return { mostUnsure, sure, unsure: ofUnsure(sorted.slice(count)) }
  }
  return { mostUnsure: -1, sure: { below: 0, above: 0 }, unsure: ofUnsure(sorted) }
}

/** The shortest range that holds as many as are asked for; what is likely is within. */
function shortest(values: readonly number[]): Margins {
  const sorted = values.toSorted((one, other) => one - other)
  const held = Math.min(sorted.length, Math.ceil(coverage * (sorted.length + 1)))
  const starts = sorted.slice(0, sorted.length - held + 1)
  const ranges = starts.map((from, index) => ({ from, to: sorted[index + held - 1] ?? from }))
  const { from, to } = ranges.reduce((best, each) =>
    each.to - each.from < best.to - best.from ? each : best,
  )
  return { below: Math.max(0, -from), above: Math.max(0, to) }
}

function ofUnsure(misses: readonly Miss[]): Margins {
  const share = ((1 + coverage) / 2) * (1 + 1 / Math.max(1, misses.length))
  const by = misses.map((miss) => miss.by / weightOf(miss.unsure))
  const below = by.map((each) => -each)
  return { below: Math.max(0, quantile(below, share)), above: Math.max(0, quantile(by, share)) }
}

/** Of no values, 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 1
}

import { type Constants, expectedOf, type Kind, leastMargin } from '@pdf-smaller/estimate'
import { type Case, kinds, unsureKinds, usual } from './usual.ts'

/** How far a result was from what was likely when its file was left out of the fit, as shares of the file. */
export type Miss = { family: string; shares: Record<Kind, number>; below: number; above: number }

type Side = 'below' | 'above'

/** The share of results that are not beyond either side: nine in ten are within both. */
const coverage = 0.95
/** A file is sure as long as so little of it is of unsure kinds. */
const mostUnsure = 0.1

/** @param result of compression, as is what is `likely`, bytes */
export function missOf({ family, structure }: Case, level: Constants, likely: number, result: number): Miss {
  const shares = each(() => 0)
  for (const { kind, bytes } of expectedOf(level, structure)) shares[kind] += bytes / structure.bytes
  const miss = (result - likely) / structure.bytes
  return { family, shares, below: -miss, above: miss }
}

/**
 * By how much of each kind results differ to both sides, such that nine in ten files are within: first for kinds of which
 * one can be sure, by files of hardly anything else, then for the others (split conformal prediction by groups).
 */
export function fitRange(misses: readonly Miss[]): Pick<Constants, Side> {
  const at = (side: Side): Record<Kind, number> => {
    const sure = misses.filter((miss) => unsureShare(miss) <= mostUnsure)
    const ofSure = factorOf(
      sure,
      (miss) => miss[side],
      (miss) => widthOf(miss, side, () => true),
    )
    const others = misses.filter((miss) => unsureShare(miss) > mostUnsure)
    const rest = (miss: Miss) => miss[side] - ofSure * widthOf(miss, side, (kind) => !unsureKinds.has(kind))
    const ofUnsure = factorOf(others, rest, (miss) => widthOf(miss, side, (kind) => unsureKinds.has(kind)))
    return each((kind) => Math.min(1, usual[side][kind] * (unsureKinds.has(kind) ? ofUnsure : ofSure)))
  }
  return { below: at('below'), above: at('above') }
}

function each(of: (kind: Kind) => number): Record<Kind, number> {
  const found = { ...usual.left }
  for (const kind of kinds) found[kind] = of(kind)
  return found
}

const unsureShare = ({ shares }: Miss) => [...unsureKinds].reduce((sum, kind) => sum + shares[kind], 0)

const widthOf = ({ shares }: Miss, side: Side, isMeant: (kind: Kind) => boolean) =>
  kinds.reduce((sum, kind) => sum + (isMeant(kind) ? shares[kind] * usual[side][kind] : 0), 0)

/** How many times its width the misses are, but for a few of them. */
function factorOf(
  misses: readonly Miss[],
  missed: (miss: Miss) => number,
  width: (miss: Miss) => number,
): number {
  const excess = misses.map((miss) => Math.max(0, missed(miss) - leastMargin) / Math.max(1e-3, width(miss)))
  return quantile(excess, (coverage * (misses.length + 1)) / Math.max(1, misses.length))
}

/** Of no values, 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 1
}

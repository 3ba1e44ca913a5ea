/** What the document came to with a strength, bytes. */
export type Point = { strength: number; bytes: number }

/** A result between this part of the target and the target is close enough. */
export const closeEnough = 0.95
/** Sizes are aimed at a bit below the target, as predictions are never exact. */
const aim = 0.975
/** Strengths closer than this make no difference that anybody sees. */
const leastStep = 0.02
/** Between strengths closer than this nothing is tried: on the steepest curves they are a tenth of the size apart. */
const leastGap = 0.022
const mostStrength = 1
/** The usual fall of the natural logarithm of the size over all strengths (measured on the corpus). */
const usualFall = 1.5

/**
 * The strength to try next in the search for a size: where the line through the known points, in the logarithm of the
 * size, meets the target. Undefined when the search is over: close enough, or nothing stronger is left.
 * @param points what is known, in any order
 */
export function nextStrength(points: readonly Point[], target: number): number | undefined {
  const fitting = points.filter(({ bytes }) => bytes <= target).sort((a, b) => a.strength - b.strength)[0]
  const above = points.filter(({ bytes }) => bytes > target).sort((a, b) => b.strength - a.strength)[0]
  if (fitting && fitting.bytes >= target * closeEnough) return undefined
  if (!above && !fitting) return undefined
  if (!fitting) return above && stronger(above, points, target)
  if (!above) return fitting.strength <= 0 ? undefined : gentler(fitting, target)
  if (fitting.strength - above.strength < leastGap) return undefined
  const gap = fitting.strength - above.strength
  const wished = (Math.log(above.bytes / (target * aim)) / Math.log(above.bytes / fitting.bytes)) * gap
  // Curves have steps: a line between two points may lead to the foot of the same step again and again.
  return above.strength + Math.min(gap * 0.75, Math.max(gap * 0.25, wished))
}

/** With less than that, nothing but the end is worth a try. */
const leastFall = 0.05
const mostAtOnce = 0.3

/** Beyond the strongest point, as steeply as the size has fallen so far; a flat curve goes to the end at once. */
function stronger(above: Point, points: readonly Point[], target: number): number | undefined {
  if (above.strength >= mostStrength) return undefined
  const before = points
    .filter(({ strength }) => strength < above.strength)
    .sort((a, b) => b.strength - a.strength)[0]
  const measured = before && Math.log(before.bytes / above.bytes) / (above.strength - before.strength)
  const fall = Math.max(leastFall, measured ?? usualFall)
  const wished = Math.log(above.bytes / (target * aim)) / fall
  const step = fall === leastFall ? mostStrength : Math.min(mostAtOnce, Math.max(leastStep, wished))
  return Math.min(mostStrength, above.strength + step)
}

const gentler = (fitting: Point, target: number): number =>
  Math.max(0, fitting.strength - Math.max(leastStep, Math.log((target * aim) / fitting.bytes) / usualFall))

/** What documents of the corpus come to at strengths 0, 0.2, … 1, as parts of their size. */
const usualRatios = [0.365, 0.294, 0.252, 0.176, 0.125, 0.101]

/** The strength to begin with: where documents usually reach the target. */
export function firstStrength(bytes: number, target: number): number {
  const index = usualRatios.findIndex((ratio) => ratio <= target / bytes)
  return index < 0 ? mostStrength : index / (usualRatios.length - 1)
}

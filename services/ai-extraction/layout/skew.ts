import type { Word } from '../reading/page-words.ts'
import { height, median, sharedHeight, type Box } from './boxes.ts'

/**
 * How far a page of recognised words leans: points down for each point to the right, 0 for
 * digital text that stands straight. The median over all pairs of neighbours, as descenders and
 * tall letters move single boxes.
 */
export function skewOf(words: readonly Word[]): number {
  if (words.every((word) => word.source === 'text')) return 0
  const sorted = words.toSorted((a, b) => a.box.t - b.box.t)
  const slopes: number[] = []
  sorted.forEach((word, index) => {
    const next = rightNeighbour(word.box, sorted, index)
    if (next) slopes.push((next.b - word.box.b) / (next.r - word.box.r))
  })
  const slope = median(slopes)
  // Above five degrees it is no skew of a scanner.
  return slopes.length >= 10 && Math.abs(slope) < 0.09 ? slope : 0
}

/** Words around it in the order of their tops are the only ones that can stand beside it. */
function rightNeighbour(box: Box, sorted: readonly Word[], index: number): Box | null {
  let best: Box | null = null
  for (const other of sorted.slice(Math.max(0, index - 30), index + 30)) {
    const gap = other.box.l - box.r
    if (gap < -1 || gap > 3 * height(box) || other.box.r - box.r < height(box)) continue
    const shared = sharedHeight(box, other.box)
    if (shared < 0.5 * Math.min(height(box), height(other.box))) continue
    if (!best || other.box.l < best.l) best = other.box
  }
  return best
}

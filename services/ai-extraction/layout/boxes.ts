import type { Word } from '../reading/page-words.ts'

/** Points, from the top left corner of the page as seen. */
export type Box = Word['box']

/** The smallest box around all of them; there must be at least one. */
export function boxAround(boxes: readonly Box[]): Box {
  return boxes.reduce((all, box) => ({
    l: Math.min(all.l, box.l),
    t: Math.min(all.t, box.t),
    r: Math.max(all.r, box.r),
    b: Math.max(all.b, box.b),
  }))
}

/** How many points two boxes share from left to right; 0 or less where they share none. */
export function sharedWidth(one: Box, other: Box): number {
  return Math.min(one.r, other.r) - Math.max(one.l, other.l)
}

/** How many points two boxes share from top to bottom; 0 or less where they share none. */
export function sharedHeight(one: Box, other: Box): number {
  return Math.min(one.b, other.b) - Math.max(one.t, other.t)
}

export const height = (box: Box) => box.b - box.t
export const width = (box: Box) => box.r - box.l
export const middle = (box: Box) => (box.l + box.r) / 2

/** The value in the middle of a list; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

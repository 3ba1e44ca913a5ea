import { boxAround, type Box } from './boxes.ts'

/** One column of cells over the whole document: the edge they share, and all they cover. */
export type Column = { side: 'left' | 'right'; edge: number; l: number; r: number; count: number }

type Group = { side: 'left' | 'right'; members: Box[] }

/**
 * The columns that boxes of the whole document form, from left to right. The largest group with a
 * common right edge or left edge is taken first, with all that lies within it, then the next:
 * figures are set to the right, to the left or to their decimal marks, and a column that stands
 * on some rows only still counts over all pages.
 * `tolerance` is in points; groups of fewer than `least` boxes are no column.
 */
export function columnsOf(boxes: readonly Box[], tolerance: number, least: number): Column[] {
  const columns: Column[] = []
  let rest = [...boxes]
  while (rest.length > 0 && columns.length < 40) {
    const group = largest(rest, tolerance)
    if (group.members.length < least) break
    const column = columnAround(group)
    columns.push(column)
    const taken = new Set(group.members)
    rest = rest.filter((box) => !taken.has(box) && sharedWith(column, box) <= 0.7 * (box.r - box.l))
  }
  return columns.toSorted((a, b) => a.r - b.r)
}

/** The column whose edge a box stands on, else the one it lies in for more than half; or null. */
export function columnOf<C extends Column>(box: Box, columns: readonly C[], tolerance: number): C | null {
  const distance = (column: Column) => Math.abs((column.side === 'left' ? box.l : box.r) - column.edge)
  const near = columns.filter((column) => distance(column) <= tolerance)
  const [first] = near.toSorted((a, b) => distance(a) - distance(b))
  if (first) return first
  return columns.find((column) => sharedWith(column, box) > 0.5 * (box.r - box.l)) ?? null
}

function largest(boxes: readonly Box[], tolerance: number): Group {
  const right = fullest(boxes, (box) => box.r, tolerance)
  const left = fullest(boxes, (box) => box.l, tolerance)
  return left.length > 1.2 * right.length
    ? { side: 'left', members: left }
    : { side: 'right', members: right }
}

/** The most boxes whose edges lie within twice the tolerance: one sweep over sorted edges. */
function fullest(boxes: readonly Box[], edge: (box: Box) => number, tolerance: number): Box[] {
  const sorted = boxes.toSorted((a, b) => edge(a) - edge(b))
  let best: [number, number] = [0, 0]
  let from = 0
  sorted.forEach((box, to) => {
    while (edge(box) - edge(sorted[from] ?? box) > 2 * tolerance) from++
    if (to + 1 - from > best[1] - best[0]) best = [from, to + 1]
  })
  return sorted.slice(...best)
}

function columnAround({ side, members }: Group): Column {
  const edges = members.map((box) => (side === 'left' ? box.l : box.r)).toSorted((a, b) => a - b)
  const { l, r } = boxAround(members)
  return { side, edge: edges[Math.floor(edges.length / 2)] ?? 0, l, r, count: members.length }
}

function sharedWith(column: Column, box: Box): number {
  return Math.min(box.r, column.r) - Math.max(box.l, column.l)
}

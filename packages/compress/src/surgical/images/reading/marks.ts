/** A rectangle of pixels; the right and the bottom are the first that do not belong to it. */
export type Box = { left: number; top: number; right: number; bottom: number }

/** What is known of a run of pixels, or of a mark made of them; colours are sums of red less green and blue less green. */
export type Sums = {
  area: number
  /** Contrast to what is around, in the original and as drawn. */
  before: number
  after: number
  red: number
  redAfter: number
  blue: number
  blueAfter: number
}

/** Darker than what is around, or lighter. */
export type Polarity = 'dark' | 'light'
export type Mark = Sums & Box & { polarity: Polarity }

/** Runs and the marks that they belong to. */
type Run = { start: number; end: number; mark: number }

export type MarkCollector = {
  /** Adds a run of pixels of the row, from the left; `end` is the first that does not belong to it. */
  add: (polarity: Polarity, start: number, end: number, sums: Sums) => void
  endRow: () => void
  marks: () => Mark[]
  /** Whether there are more than a page of text has. */
  isFull: () => boolean
}

/** A page of small print has about 10,000; a picture of grain has no end of them. */
const mostMarks = 150_000

/**
 * Puts runs of pixels together to connected marks (8-connected, union by the older), row by row, so that no more is kept
 * than the row above.
 * @param tallest a mark does not grow beyond so many rows: a part that is lost must not hide in the whole
 */
export function openMarks(tallest: number): MarkCollector {
  const marks: Mark[] = []
  const parents: number[] = []
  let above: Run[] = []
  let row: Run[] = []
  let [y, next] = [0, 0]
  const rootOf = (mark: number): number => {
    let root = mark
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root
    parents[mark] = root
    return root
  }
  const join = (one: number, other: number): number => {
    const [root, gone] = [rootOf(one), rootOf(other)].sort((a, b) => a - b)
    if (root === undefined || gone === undefined || root === gone) return rootOf(one)
    const [into, from] = [marks[root], marks[gone]]
    if (into && from) merge(into, from)
    parents[gone] = root
    return root
  }
  return {
    add: (polarity, start, end, sums) => {
      while ((above[next]?.end ?? Infinity) < start) next++
      let mark: number | undefined
      for (let at = next; (above[at]?.start ?? Infinity) <= end; at++) {
        const near = rootOf(above[at]?.mark ?? 0)
        const known = marks[near]
        if (known?.polarity !== polarity || y - known.top >= tallest) continue
        mark = mark === undefined ? near : join(mark, near)
      }
      const own = { ...sums, polarity, left: start, right: end, top: y, bottom: y + 1 }
      const known = mark === undefined ? undefined : marks[mark]
      if (known) merge(known, own)
      else if (marks.length <= mostMarks) {
        mark = marks.push(own) - 1
        parents[mark] = mark
      }
      if (mark !== undefined) row.push({ start, end, mark })
    },
    endRow: () => {
      above = row
      row = []
      next = 0
      y++
    },
    marks: () => marks.filter((_, mark) => parents[mark] === mark),
    isFull: () => marks.length > mostMarks,
  }
}

function merge(into: Mark, from: Mark): void {
  into.area += from.area
  into.before += from.before
  into.after += from.after
  into.red += from.red
  into.redAfter += from.redAfter
  into.blue += from.blue
  into.blueAfter += from.blueAfter
  into.left = Math.min(into.left, from.left)
  into.right = Math.max(into.right, from.right)
  into.top = Math.min(into.top, from.top)
  into.bottom = Math.max(into.bottom, from.bottom)
}

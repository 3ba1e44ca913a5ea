/** A rectangle of pixels; the right and the bottom are the first that do not belong to it. */
export type Box = { left: number; top: number; right: number; bottom: number }

/** What is known of a run of pixels, or of a mark made of them, as sums over its pixels. */
export type Sums = {
  area: number
  /** Lightness of what is around. */
  around: number
  /** Contrast to what is around. */
  contrast: number
  /** Red less green, and blue less green. */
  red: number
  blue: number
}

/** Darker than what is around, or lighter. */
export type Polarity = 'dark' | 'light'
export type Mark = Sums & Box & { polarity: Polarity }

/**
 * The pixels of marks: those from `starts` to `ends`, the first that does not belong to it, are of the mark with the
 * number in `owners`. Those of the row y are from `rows[y]` to `rows[y + 1]`.
 */
export type Runs = { rows: Int32Array; starts: Int32Array; ends: Int32Array; owners: Int32Array }

/** Marks, and where they are. */
export type FoundMarks = { marks: Mark[]; runs: Runs }

export type MarkCollector = {
  /** Adds a run of pixels of the row, from the left; `end` is the first that does not belong to it. */
  add: (polarity: Polarity, start: number, end: number, sums: Sums) => void
  endRow: () => void
  /** The marks with at least so much contrast, and where they are. */
  found: (leastContrast: number) => FoundMarks
  /** Whether there are more than a page of text has. */
  isFull: () => boolean
}

/** A page of small print has about 10,000; a picture of grain has no end of them. */
const mostMarks = 150_000

/**
 * Puts runs of pixels together to connected marks (8-connected, union by the older), row by row.
 * @param tallest a mark does not grow beyond so many rows: a part that is lost must not hide in the whole
 */
export function openMarks(tallest: number): MarkCollector {
  const { marks, rootOf, join, add } = openUnion()
  const rows = [0]
  const starts: number[] = []
  const ends: number[] = []
  const owners: number[] = []
  let [y, next, endOfAbove] = [0, 0, 0]
  return {
    add: (polarity, start, end, sums) => {
      while (next < endOfAbove && (ends[next] ?? 0) < start) next++
      let mark: number | undefined
      for (let at = next; at < endOfAbove && (starts[at] ?? 0) <= end; at++) {
        const near = rootOf(owners[at] ?? 0)
        const known = marks[near]
        if (known?.polarity !== polarity || y - known.top >= tallest) continue
        mark = mark === undefined ? near : join(mark, near)
      }
      const known = mark === undefined ? undefined : marks[mark]
      if (known) {
        addSums(known, sums)
        widen(known, start, end, y, y + 1)
      } else if (marks.length > mostMarks) return
      starts.push(start)
      ends.push(end)
      owners.push(mark ?? add({ ...sums, polarity, left: start, right: end, top: y, bottom: y + 1 }))
    },
    endRow: () => {
      next = rows.at(-1) ?? 0
      endOfAbove = starts.length
      rows.push(endOfAbove)
      y++
    },
    found: (leastContrast) => {
      const judged: Mark[] = []
      const numbers = new Int32Array(marks.length).fill(none)
      for (const [mark, sums] of marks.entries()) {
        if (rootOf(mark) === mark && sums.contrast >= leastContrast) numbers[mark] = judged.push(sums) - 1
      }
      const numberOf = (at: number) => numbers[rootOf(owners[at] ?? 0)] ?? none
      return { marks: judged, runs: runsOf({ rows, starts, ends }, numberOf) }
    },
    isFull: () => marks.length > mostMarks,
  }
}

/** Marks by number, of which those that turn out to be one go by the number of the older. */
function openUnion() {
  const marks: Mark[] = []
  const parents: number[] = []
  const rootOf = (mark: number): number => {
    let root = mark
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root
    parents[mark] = root
    return root
  }
  return {
    marks,
    rootOf,
    add: (mark: Mark): number => {
      parents.push(parents.length)
      return marks.push(mark) - 1
    },
    /** @returns the number of both, which are roots */
    join: (one: number, other: number): number => {
      const [older, younger] = [Math.min(one, other), Math.max(one, other)]
      const [into, from] = [marks[older], marks[younger]]
      if (into && from && into !== from) merge(into, from)
      parents[younger] = older
      return older
    },
  }
}

/** The number of a mark that does not count. */
const none = -1

/** The runs that belong to a mark which counts. */
function runsOf(
  all: { rows: readonly number[]; starts: readonly number[]; ends: readonly number[] },
  numberOf: (run: number) => number,
): Runs {
  const most = all.starts.length
  const rows = new Int32Array(all.rows.length)
  const [starts, ends, owners] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)]
  let count = 0
  for (let y = 0; y + 1 < all.rows.length; y++) {
    for (let at = all.rows[y] ?? 0; at < (all.rows[y + 1] ?? 0); at++) {
      const owner = numberOf(at)
      if (owner === none) continue
      starts[count] = all.starts[at] ?? 0
      ends[count] = all.ends[at] ?? 0
      owners[count++] = owner
    }
    rows[y + 1] = count
  }
  return { rows, starts: starts.slice(0, count), ends: ends.slice(0, count), owners: owners.slice(0, count) }
}

function merge(into: Mark, from: Mark): void {
  addSums(into, from)
  widen(into, from.left, from.right, from.top, from.bottom)
}

function addSums(into: Sums, from: Sums): void {
  into.area += from.area
  into.around += from.around
  into.contrast += from.contrast
  into.red += from.red
  into.blue += from.blue
}

function widen(box: Box, left: number, right: number, top: number, bottom: number): void {
  box.left = Math.min(box.left, left)
  box.right = Math.max(box.right, right)
  box.top = Math.min(box.top, top)
  box.bottom = Math.max(box.bottom, bottom)
}

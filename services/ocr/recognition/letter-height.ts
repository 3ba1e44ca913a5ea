import type { GrayBitmap } from './gray-bitmap.ts'

/** Parts of letters, dots and specks are lower, and pictures are higher, in inches: 2 and 36 points. */
const [leastHeight, mostHeight] = [2 / 72, 36 / 72]
/** The page is looked at in bands of so many inches, so that small print below larger text is seen. */
const bandHeight = 0.4
/** With fewer shapes a band tells nothing. */
const leastShapes = 15
/** Low letters such as x are most of a text, and a few of the shapes are commas. */
const part = 0.3

/**
 * How high the low letters of a page's smallest print are, in pixels: of all that hangs together and has the size of
 * letters, the height that most do not fall below, in the band of the page where that is least.
 * @returns undefined where there is too little to tell
 */
export function letterHeight(gray: GrayBitmap, dpi: number): number | undefined {
  const [least, most] = [leastHeight * dpi, mostHeight * dpi]
  const letters = shapesOf(gray, inkBound(gray.data)).filter(
    ({ height }) => height >= least && height <= most,
  )
  const bands = Map.groupBy(letters, ({ bottom }) => Math.floor(bottom / (bandHeight * dpi)))
  const heights = [...bands.values()]
    .filter((shapes) => shapes.length >= leastShapes)
    .map((shapes) => shapes.map(({ height }) => height).sort((one, other) => one - other))
    .map((sorted) => sorted[Math.floor(sorted.length * part)] ?? 0)
  return heights.length === 0 ? undefined : Math.min(...heights)
}

/** The level of grey that parts ink from paper so that both are as uniform as can be (Otsu 1979). */
function inkBound(samples: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const value of samples) counts[value] = (counts[value] ?? 0) + 1
  const whole = counts.reduce((sum, count, level) => sum + count * level, 0)
  let [dark, darkSum, best, bound] = [0, 0, 0, 0]
  for (let level = 0; level < 255; level++) {
    dark += counts[level] ?? 0
    darkSum += (counts[level] ?? 0) * level
    const light = samples.length - dark
    if (dark === 0 || light === 0) continue
    const between = dark * light * (darkSum / dark - (whole - darkSum) / light) ** 2
    if (between > best) [best, bound] = [between, level]
  }
  return bound
}

type Shape = { height: number; bottom: number }
/** Pixels of ink beside each other, `to` is the one behind the last. */
type Run = { from: number; to: number; shape: number }

/** All that hangs together: runs that touch those of the row above, if only at a corner, are of the same shape. */
function shapesOf(gray: GrayBitmap, bound: number): Shape[] {
  /** Of each shape the one that it was joined to, or itself; its first row, and its last. */
  const [joined, tops, bottoms]: [number[], number[], number[]] = [[], [], []]
  let above: Run[] = []
  for (let y = 0; y < gray.height; y++) {
    const runs = runsOf(gray, y, bound)
    let next = 0
    for (const run of runs) {
      while ((above[next]?.to ?? Infinity) < run.from) next++
      for (let near = next; (above[near]?.from ?? Infinity) <= run.to; near++)
        run.shape = join(run.shape, rootOf(above[near]?.shape ?? -1))
      if (run.shape < 0) {
        run.shape = joined.push(joined.length) - 1
        tops.push(y)
      }
      bottoms[run.shape] = y
    }
    above = runs
  }
  return joined.flatMap((root, shape) => {
    const [top = 0, bottom = 0] = [tops[shape], bottoms[shape]]
    return root === shape ? [{ bottom, height: bottom - top + 1 }] : []
  })

  function rootOf(shape: number): number {
    let root = shape
    while (joined[root] !== root) root = joined[root] = joined[joined[root] ?? root] ?? root
    return root
  }

  function join(one: number, other: number): number {
    if (one < 0 || one === other) return other
    joined[other] = one
    tops[one] = Math.min(tops[one] ?? 0, tops[other] ?? 0)
    bottoms[one] = Math.max(bottoms[one] ?? 0, bottoms[other] ?? 0)
    return one
  }
}

function runsOf({ width, data }: GrayBitmap, y: number, bound: number): Run[] {
  const runs: Run[] = []
  const end = (y + 1) * width
  for (let at = y * width; at < end; at++) {
    if ((data[at] ?? 255) > bound) continue
    const first = at
    while (at < end && (data[at] ?? 255) <= bound) at++
    runs.push({ from: first - y * width, to: at - y * width, shape: -1 })
  }
  return runs
}

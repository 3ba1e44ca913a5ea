import type { Shape } from './shapes.ts'

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
export function letterHeight(shapes: readonly Shape[], dpi: number): number | undefined {
  const letters = shapes.filter(
    (shape) => heightOf(shape) >= leastHeight * dpi && heightOf(shape) <= mostHeight * dpi,
  )
  const bands = Map.groupBy(letters, ({ bottom }) => Math.floor((bottom - 1) / (bandHeight * dpi)))
  const heights = [...bands.values()]
    .filter((some) => some.length >= leastShapes)
    .map((some) => some.map(heightOf).sort((one, other) => one - other))
    .map((sorted) => sorted[Math.floor(sorted.length * part)] ?? 0)
  return heights.length === 0 ? undefined : Math.min(...heights)
}

const heightOf = ({ top, bottom }: Shape) => bottom - top

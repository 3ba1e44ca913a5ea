/** Different sizes that are remembered. */
const mostSizes = 1000
const deepestNesting = 64

/** The sizes, in points, at which contents draw images. */
export type Placements = {
  /** Stops now and then, as others of the same process may have their turn. */
  read: (contents: Buffer) => Generator<void>
  /** The largest area, square points, of those that have an image's proportions; undefined where there is none. */
  areaFor: (width: number, height: number) => number | undefined
}

type Size = { width: number; height: number }
type Matrix = readonly [a: number, b: number, c: number, d: number]

const number = '[-+]?[0-9.]{1,20}'
/** The operators that tell where an image stands: q, Q, cm and Do (ISO 32000-1, 8.4.4 and 8.8). */
const operators = new RegExp(
  `(?<![\\w/])(?:(q|Q)|(${number})\\s{1,8}(${number})\\s{1,8}(${number})\\s{1,8}(${number})\\s{1,8}${number}\\s{1,8}${number}\\s{1,8}cm|/\\S{1,64}\\s{1,8}(Do))(?!\\w)`,
  'g',
)

/** Images are told by their proportions: names are those of a page, and pages are not told apart here. */
export function openPlacements(): Placements {
  const sizes = new Map<string, Size>()
  return {
    read: function* (contents) {
      if (!contents.includes(' Do')) return
      for (const size of sizesIn(contents.toString('latin1'))) {
        if (!size) yield
        else if (sizes.size < mostSizes) sizes.set(`${size.width.toFixed(1)} ${size.height.toFixed(1)}`, size)
      }
    },
    areaFor: (width, height) => {
      const areas = [...sizes.values()]
        .filter((size) => isLike(size.width / size.height, width / height))
        .map((size) => size.width * size.height)
      return areas.length > 0 ? Math.max(...areas) : undefined
    },
  }
}

/** Proportions of images and their places differ by rounding. */
const isLike = (one: number, other: number) => Math.abs(Math.log(one / other)) < 0.03

/** So many operators are looked at between two stops. */
const operatorsAtOnce = 500

/** @returns the sizes, and undefined now and then */
function* sizesIn(contents: string): Generator<Size | undefined> {
  const stack: Matrix[] = []
  let seen = 0
  let matrix: Matrix = [1, 0, 0, 1]
  for (const [, state, a, b, c, d, draws] of contents.matchAll(operators)) {
    if (++seen % operatorsAtOnce === 0) yield undefined
    if (state === 'q') stack.push(matrix)
    else if (state === 'Q') matrix = stack.pop() ?? matrix
    else if (draws) {
      const size = drawnSizeOf(matrix)
      if (size.width > 1 && size.height > 1) yield size
    } else matrix = product([Number(a), Number(b), Number(c), Number(d)], matrix)
    if (stack.length >= deepestNesting) return
  }
}

const drawnSizeOf = ([a, b, c, d]: Matrix): Size => ({ width: Math.hypot(a, b), height: Math.hypot(c, d) })

function product([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
}

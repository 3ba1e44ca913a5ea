import { promisify } from 'node:util'
import { inflate } from 'node:zlib'

/** As much of a stream of contents as is read for the places of images. */
export const mostContents = 256 * 1024
const mostUnpacked = 1024 * 1024
/** What is read of all contents of a file together, unpacked. */
const mostInAll = 4 * 1024 * 1024
const mostPlaces = 10_000
const deepestNesting = 64

/** The sizes, in points, at which contents draw images. */
export type Placements = {
  read: (contents: Buffer, isPacked: boolean) => Promise<void>
  /** The largest area, square points, of those that have an image's proportions; undefined where there is none. */
  areaFor: (width: number, height: number) => number | undefined
}

type Matrix = readonly [a: number, b: number, c: number, d: number]

const unpack = promisify(inflate)
const number = '[-+]?[0-9.]{1,20}'
/** The operators that tell where an image stands: q, Q, cm and Do (ISO 32000-1, 8.4.4 and 8.8). */
const operators = new RegExp(
  `(?<![\\w/])(?:(q|Q)|(${number})\\s{1,8}(${number})\\s{1,8}(${number})\\s{1,8}(${number})\\s{1,8}${number}\\s{1,8}${number}\\s{1,8}cm|/\\S{1,64}\\s{1,8}(Do))(?!\\w)`,
  'g',
)

/** Images are told by their proportions: names are those of a page, and pages are not told apart here. */
export function openPlacements(): Placements {
  const places: { width: number; height: number }[] = []
  let left = mostInAll
  return {
    read: async (contents, isPacked) => {
      if (left <= 0 || places.length >= mostPlaces) return
      const options = { maxOutputLength: Math.min(left, mostUnpacked) }
      const bytes = isPacked ? await unpack(contents, options).catch(() => undefined) : contents
      left -= bytes?.length ?? mostUnpacked
      if (!bytes?.includes(' Do')) return
      for (const place of placesIn(bytes.toString('latin1'))) places.push(place)
    },
    areaFor: (width, height) => {
      const areas = places
        .filter((place) => isLike(place.width / place.height, width / height))
        .map((place) => place.width * place.height)
      return areas.length > 0 ? Math.max(...areas) : undefined
    },
  }
}

/** Proportions of images and their places differ by rounding. */
const isLike = (one: number, other: number) => Math.abs(Math.log(one / other)) < 0.03

function placesIn(contents: string): { width: number; height: number }[] {
  const places: { width: number; height: number }[] = []
  const stack: Matrix[] = []
  let matrix: Matrix = [1, 0, 0, 1]
  for (const [, state, a, b, c, d, draws] of contents.matchAll(operators)) {
    if (state === 'q') stack.push(matrix)
    else if (state === 'Q') matrix = stack.pop() ?? matrix
    else if (draws) places.push(sizeOf(matrix))
    else matrix = product([Number(a), Number(b), Number(c), Number(d)], matrix)
    if (places.length >= mostPlaces || stack.length >= deepestNesting) break
  }
  return places.filter(({ width, height }) => width > 1 && height > 1)
}

const sizeOf = ([a, b, c, d]: Matrix) => ({ width: Math.hypot(a, b), height: Math.hypot(c, d) })

function product([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
}

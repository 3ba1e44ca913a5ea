import type { FoundOwners } from './owners.ts'
import type { FoundLists } from './resource-lists.ts'

/** What contents draw, by the names that they have for it, and how large. */
export type Placements = {
  /** Stops now and then, as others of the same process may have their turn. */
  read: (number: number, contents: Buffer) => Generator<void>
  found: (owners: FoundOwners, objects: FoundLists, isEncrypted: boolean) => FoundPlacements
}

export type FoundPlacements = {
  /** The largest area, square points, at which an image is drawn; undefined where that is not known. */
  areaOf: (number: number) => number | undefined
  /** Whether resources name it, and no contents draw it: then compression drops it. */
  isUnused: (number: number) => boolean
}

type Matrix = readonly [a: number, b: number, c: number, d: number]
type Drawn = { name: string; area: number }

/** Drawings that are remembered. */
const mostDrawn = 50_000
const deepestNesting = 64
/** What is smaller is hardly meant to be seen, square points. */
const leastArea = 1

const number = '[-+]?[0-9.]{1,20}'
/** The operators that tell where an image stands: q, Q, cm and Do (ISO 32000-1, 8.4.4 and 8.8). */
const operators = new RegExp(
  `(?<![\\w/])(?:(q|Q)|(${number})\\s{1,8}(${number})\\s{1,8}(${number})\\s{1,8}(${number})\\s{1,8}${number}\\s{1,8}${number}\\s{1,8}cm)(?!\\w)|/([^\\s/<>[\\]()]{1,64})\\s{1,8}Do(?!\\w)`,
  'g',
)

export function openPlacements(): Placements {
  const streams = new Map<number, Drawn[]>()
  let left = mostDrawn
  return {
    read: function* (number, contents) {
      const drawn: Drawn[] = []
      streams.set(number, drawn)
      if (!contents.includes('Do')) return
      for (const each of drawnIn(contents.toString('latin1'))) {
        if (!each) yield
        else if (left-- > 0) drawn.push(each)
      }
    },
    found: (owners, objects, isEncrypted) => {
      const placed: { owner: number; object: number; area: number }[] = []
      let isWhole = left > 0 && !isEncrypted
      for (const [owner, its] of owners.streams)
        for (const stream of its) {
          const drawn = streams.get(stream)
          isWhole &&= drawn !== undefined
          for (const { name, area } of drawn ?? [])
            for (const object of objects.meant(owner, name)) placed.push({ owner, object, area })
        }
      const areas = largestAreas(placed, owners)
      return {
        areaOf: (number) => {
          const area = areas.get(number) ?? 0
          return area > leastArea ? area : undefined
        },
        isUnused: (number) => isWhole && objects.isNamed(number) && !areas.has(number),
      }
    },
  }
}

/** The largest area at which each object is drawn, within forms that are drawn themselves. */
function largestAreas(
  placed: readonly { owner: number; object: number; area: number }[],
  { streams, scaleOf }: FoundOwners,
): Map<number, number> {
  let areas = new Map<number, number>()
  for (let depth = 0; depth < deepestForms; depth++) {
    const next = new Map<number, number>()
    for (const { owner, object, area } of placed) {
      const own = area * (areas.get(owner) ?? 1) * (streams.has(object) ? scaleOf(object) : 1)
      next.set(object, Math.max(own, next.get(object) ?? 0))
    }
    areas = next
  }
  return areas
}

/** Forms within forms are followed so far. */
const deepestForms = 4

/** So many operators are looked at between two stops. */
const operatorsAtOnce = 500

/** @returns what is drawn, and undefined now and then */
function* drawnIn(contents: string): Generator<Drawn | undefined> {
  const stack: Matrix[] = []
  let seen = 0
  let matrix: Matrix = [1, 0, 0, 1]
  for (const [, state, a, b, c, d, name] of contents.matchAll(operators)) {
    if (++seen % operatorsAtOnce === 0) yield undefined
    if (state === 'q') {
      if (stack.length < deepestNesting) stack.push(matrix)
    } else if (state === 'Q') matrix = stack.pop() ?? matrix
    else if (name !== undefined) yield { name, area: areaOf(matrix) }
    else matrix = product([Number(a), Number(b), Number(c), Number(d)], matrix)
  }
}

/** Of the square that an image is drawn in. */
const areaOf = ([a, b, c, d]: Matrix): number => Math.hypot(a, b) * Math.hypot(c, d)

function product([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
}

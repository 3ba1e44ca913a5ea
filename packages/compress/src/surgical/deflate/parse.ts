import type { Costs } from './costs.ts'
import { distanceOf, lengthOf, type Matches } from './matches.ts'
import { longestMatch, shortestMatch, symbolOfDistance } from './symbols.ts'
import type { Tokens } from './tokens.ts'

/** A region of the bytes, up to `end`, and what its symbols cost. */
export type Region = { end: number; costs: Costs }

/**
 * The cheapest way to tell bytes as literals and copies: from the end to the start, the cheapest way from each position
 * is the cheapest of its tokens together with the way that goes on after it.
 * @param regions of the whole, in order
 */
export function parse(bytes: Uint8Array, matches: Matches, regions: readonly Region[]): Tokens {
  const way: Way = {
    costs: new Float64Array(bytes.length + 1),
    lengths: new Uint16Array(bytes.length),
    distances: new Uint16Array(bytes.length),
  }
  for (const [index, { end, costs }] of [...regions.entries()].reverse())
    walkBack(bytes, matches, costs, regions[index - 1]?.end ?? 0, end, way)
  return tokensAlong(bytes, way)
}

/** For each position, what is left to pay, and the copy that is the best token there; length 0 for a literal. */
type Way = { costs: Float64Array; lengths: Uint16Array; distances: Uint16Array }

function walkBack(
  bytes: Uint8Array,
  { starts, found }: Matches,
  prices: Costs,
  start: number,
  end: number,
  { costs, lengths, distances }: Way,
): void {
  for (let position = end - 1; position >= start; position--) {
    let least = (prices.literals[bytes[position] ?? 0] ?? 0) + (costs[position + 1] ?? 0)
    let [bestLength, bestDistance] = [0, 0]
    let length = shortestMatch
    const last = starts[position + 1] ?? 0
    for (let at = starts[position] ?? 0; at < last; at++) {
      const match = found[at] ?? 0
      const distance = distanceOf(match)
      const price = prices.distances[symbolOfDistance[distance] ?? 0] ?? 0
      const longest = lengthOf(match)
      // Where a copy can be as long as may be, no shorter part of it is worth the time.
      if (longest === longestMatch) length = longestMatch
      for (; length <= longest; length++) {
        const cost = price + (prices.lengths[length] ?? 0) + (costs[position + length] ?? 0)
        if (cost < least) {
          least = cost
          bestLength = length
          bestDistance = distance
        }
      }
    }
    costs[position] = least
    lengths[position] = bestLength
    distances[position] = bestDistance
  }
}

function tokensAlong(bytes: Uint8Array, way: Way): Tokens {
  const lengths = new Uint16Array(bytes.length)
  const values = new Uint16Array(bytes.length)
  let count = 0
  for (let position = 0; position < bytes.length; count++) {
    const length = way.lengths[position] ?? 0
    lengths[count] = length
    values[count] = (length === 0 ? bytes[position] : way.distances[position]) ?? 0
    position += length || 1
  }
  return { count, lengths: lengths.subarray(0, count), values: values.subarray(0, count) }
}

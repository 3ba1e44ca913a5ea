import { fixedCodes } from './block.ts'
import { extraOfDistance, extraOfLiteral, longestMatch, symbolOfLength } from './symbols.ts'
import type { Histogram } from './tokens.ts'

/** Bits that each literal byte, each length of a copy and each symbol of distances takes, extra bits among them. */
export type Costs = { literals: Float64Array; lengths: Float64Array; distances: Float64Array }

/** The costs that symbols so frequent tend to. */
export function costsOf({ literals, distances }: Histogram): Costs {
  return costsFrom(entropyOf(literals), entropyOf(distances))
}

/** The costs without anything known. */
export const fixedCosts: Costs = costsFrom(
  Float64Array.from(fixedCodes.literals),
  Float64Array.from(fixedCodes.distances),
)

function costsFrom(literals: Float64Array, distances: Float64Array): Costs {
  return {
    literals: literals.slice(0, 256),
    lengths: Float64Array.from({ length: longestMatch + 1 }, (_, length) => {
      const symbol = symbolOfLength[length] ?? 0
      return (literals[symbol] ?? 0) + (extraOfLiteral[symbol] ?? 0)
    }),
    distances: distances.map((bits, symbol) => bits + (extraOfDistance[symbol] ?? 0)),
  }
}

/** Bits of each symbol; of one that does not occur, as if it did once. */
function entropyOf(counts: Uint32Array): Float64Array {
  const all = Math.log2(counts.reduce((sum, count) => sum + count, 0) || counts.length)
  return Float64Array.from(counts, (count) => Math.max(0, all - Math.log2(count || 1)))
}

import { distanceSymbols, endOfBlock, literalSymbols, symbolOfDistance, symbolOfLength } from './symbols.ts'

/** Bytes told as literals and as copies of what came before. */
export type Tokens = {
  count: number
  /** The length of each copy; 0 for a literal. */
  lengths: Uint16Array
  /** The distance of each copy; the byte of a literal. */
  values: Uint16Array
}

/** How often each symbol occurs. */
export type Histogram = { literals: Uint32Array; distances: Uint32Array }

export const emptyHistogram = (): Histogram => ({
  literals: new Uint32Array(literalSymbols),
  distances: new Uint32Array(distanceSymbols),
})

/** Counts the symbols of some tokens, and the one that ends a block. */
export function histogramOf({ lengths, values }: Tokens, from: number, to: number): Histogram {
  const histogram = emptyHistogram()
  for (let at = from; at < to; at++) count(histogram, lengths[at] ?? 0, values[at] ?? 0)
  histogram.literals[endOfBlock] = 1
  return histogram
}

/** Counts one token. */
export function count({ literals, distances }: Histogram, length: number, value: number): void {
  if (length === 0) return increment(literals, value)
  increment(literals, symbolOfLength[length] ?? 0)
  increment(distances, symbolOfDistance[value] ?? 0)
}

export function increment(counts: Uint32Array, symbol: number): void {
  counts[symbol] = (counts[symbol] ?? 0) + 1
}

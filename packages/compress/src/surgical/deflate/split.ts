import { type Block, smallestForm } from './block.ts'
import { distanceSymbols, literalSymbols, symbolOfDistance, symbolOfLength } from './symbols.ts'
import { histogramOf, increment, type Tokens } from './tokens.ts'

/** Blocks end at multiples of so many tokens. */
const step = 64
/** Where a search looks within its range. */
const probes = 10

/** Splits tokens into blocks: each in two where they take least, as long as that gains. */
export function splitIntoBlocks(tokens: Tokens): Block[] {
  const places = placesOf(tokens)
  const estimate = estimator(tokens)
  const steps = Math.ceil(tokens.count / step)
  const blockOf = (fromStep: number, toStep: number): Block => {
    const [from, to] = [fromStep * step, Math.min(tokens.count, toStep * step)]
    const [start, end] = [places[fromStep] ?? 0, places[toStep] ?? 0]
    return { form: smallestForm(histogramOf(tokens, from, to), end - start), from, to, start, end }
  }
  const split = (fromStep: number, toStep: number, whole: Block): Block[] => {
    const middle = cheapest(fromStep + 1, toStep - 1, (at) => estimate(fromStep, at) + estimate(at, toStep))
    if (middle === undefined) return [whole]
    const [left, right] = [blockOf(fromStep, middle), blockOf(middle, toStep)]
    if (left.form.bits + right.form.bits >= whole.form.bits) return [whole]
    return [...split(fromStep, middle, left), ...split(middle, toStep, right)]
  }
  return split(0, steps, blockOf(0, steps))
}

/** The number within a range where a cost is least, as far as probes that close in on it tell. */
function cheapest(first: number, last: number, cost: (at: number) => number): number | undefined {
  let [from, to] = [first, last]
  let best: { at: number; cost: number } | undefined
  while (from <= to) {
    const gap = Math.max(1, (to - from) / (probes - 1))
    for (let probe = from; probe <= to; probe += gap) {
      const at = Math.round(probe)
      const found = { at, cost: cost(at) }
      if (!best || found.cost < best.cost) best = found
    }
    if (gap === 1 || !best) break
    ;[from, to] = [Math.max(first, Math.ceil(best.at - gap)), Math.min(last, Math.floor(best.at + gap))]
  }
  return best?.at
}

/** Where in the bytes each step of tokens starts, and the end. */
function placesOf({ count, lengths }: Tokens): Uint32Array {
  const places = new Uint32Array(Math.ceil(count / step) + 1)
  let place = 0
  for (let at = 0; at < count; at++) {
    if (at % step === 0) places[at / step] = place
    place += (lengths[at] ?? 0) || 1
  }
  places[places.length - 1] = place
  return places
}

const symbols = literalSymbols + distanceSymbols
/** What the header of a block tells about each symbol, about. */
const bitsPerSymbol = 4

/** Tells about how many bits a range of steps would take as one block of its own. */
function estimator(tokens: Tokens): (fromStep: number, toStep: number) => number {
  const sums = sumsOf(tokens)
  return (fromStep, toStep) => {
    const [from, to] = [fromStep * symbols, toStep * symbols]
    const bitsIn = (first: number, end: number) => {
      let [all, bits] = [0, 0]
      for (let symbol = first; symbol < end; symbol++) {
        const count = (sums[to + symbol] ?? 0) - (sums[from + symbol] ?? 0)
        if (count === 0) continue
        all += count
        bits += bitsPerSymbol - count * Math.log2(count)
      }
      return all === 0 ? 0 : bits + all * Math.log2(all)
    }
    return bitsIn(0, literalSymbols) + bitsIn(literalSymbols, symbols)
  }
}

/** How often each symbol has occurred before each step, and in all. */
function sumsOf({ count, lengths, values }: Tokens): Uint32Array {
  const steps = Math.ceil(count / step)
  const sums = new Uint32Array((steps + 1) * symbols)
  for (let index = 0; index < steps; index++) {
    const row = (index + 1) * symbols
    sums.copyWithin(row, row - symbols, row)
    for (let at = index * step; at < Math.min(count, (index + 1) * step); at++) {
      const [length, value] = [lengths[at] ?? 0, values[at] ?? 0]
      increment(sums, row + (length === 0 ? value : (symbolOfLength[length] ?? 0)))
      if (length > 0) increment(sums, row + literalSymbols + (symbolOfDistance[value] ?? 0))
    }
  }
  return sums
}

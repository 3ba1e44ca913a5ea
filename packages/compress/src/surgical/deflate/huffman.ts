/**
 * The lengths of an optimal prefix code with a bound on them, by package-merge (Larmore & Hirschberg, 1990): in every
 * round the symbols are merged with pairs of what the round before gave; how often a symbol stands among the cheapest of
 * the last round, pairs taken apart, is the length of its code. At least two symbols get a code, as some readers want.
 * @param most bits of the longest code
 */
export function codeLengthsOf(counts: Uint32Array, most: number): Uint8Array {
  const symbols = usedSymbols(counts)
  const weights = new Float64Array(symbols.length)
  for (const [at, symbol] of symbols.entries()) weights[at] = Math.max(1, counts[symbol] ?? 0)
  const rounds = packagesOf(weights, most)
  const lengths = new Uint8Array(counts.length)
  let taken = 2 * symbols.length - 2
  for (const isPackage of rounds.reverse()) {
    let packages = 0
    for (let at = 0; at < taken; at++) packages += isPackage[at] ?? 0
    for (let leaf = 0; leaf < taken - packages; leaf++) {
      const symbol = symbols[leaf] ?? 0
      lengths[symbol] = (lengths[symbol] ?? 0) + 1
    }
    taken = 2 * packages
  }
  return lengths
}

const keyBits = 9

/** The symbols that occur, the rarest first; others join until there are two. */
function usedSymbols(counts: Uint32Array): Uint16Array {
  const keys = new Float64Array(Math.max(2, counts.length))
  let used = 0
  for (let symbol = 0; symbol < counts.length; symbol++) {
    const count = counts[symbol] ?? 0
    if (count > 0) keys[used++] = count * (1 << keyBits) + symbol
  }
  for (let symbol = 0; used < 2; symbol++) if (!counts[symbol]) keys[used++] = symbol
  return Uint16Array.from(keys.subarray(0, used).sort(), (key) => key % (1 << keyBits))
}

/** For each round, which of its items are pairs of items of the round before. */
function packagesOf(weights: Float64Array, most: number): Uint8Array[] {
  const rounds: Uint8Array[] = []
  let items = new Float64Array(0)
  for (let round = 0; round < most; round++) {
    const pairs = items.length >> 1
    const isPackage = new Uint8Array(weights.length + pairs)
    const merged = new Float64Array(isPackage.length)
    for (let at = 0, leaf = 0, pair = 0; at < merged.length; at++) {
      const leafWeight = weights[leaf] ?? Infinity
      const pairWeight = pair < pairs ? (items[2 * pair] ?? 0) + (items[2 * pair + 1] ?? 0) : Infinity
      if (leafWeight <= pairWeight) {
        merged[at] = leafWeight
        leaf++
      } else {
        merged[at] = pairWeight
        isPackage[at] = 1
        pair++
      }
    }
    rounds.push(isPackage)
    items = merged
  }
  return rounds
}

/** The codes for lengths of codes (RFC 1951, 3.2.2), their bits in the order in which they are written. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const next = new Uint16Array(17)
  for (const length of lengths) if (length > 0) next[length + 1] = (next[length + 1] ?? 0) + 1
  for (let length = 1; length < next.length; length++)
    next[length] = ((next[length] ?? 0) + (next[length - 1] ?? 0)) << 1
  return Uint16Array.from(lengths, (length) => {
    if (length === 0) return 0
    const code = next[length] ?? 0
    next[length] = code + 1
    return reversed(code, length)
  })
}

function reversed(code: number, length: number): number {
  let result = 0
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit)
  return result
}

/** Symbols of the alphabet of literals and lengths, of which 256 ends a block, and of distances (RFC 1951, 3.2.5). */
export const literalSymbols = 286
export const distanceSymbols = 30
export const endOfBlock = 256

export const [shortestMatch, longestMatch] = [3, 258]
export const farthestMatch = 32768

/** Extra bits and first value of each symbol of lengths, from symbol 257. */
const lengthExtras = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const lengthStarts = startsOf(lengthExtras.slice(0, -1), shortestMatch)

/** Extra bits of each symbol of literals and lengths. */
export const extraOfLiteral = Uint8Array.from({ length: literalSymbols }, (_, symbol) =>
  symbol > endOfBlock ? (lengthExtras[symbol - endOfBlock - 1] ?? 0) : 0,
)
/** Extra bits of each symbol of distances. */
export const extraOfDistance = Uint8Array.from({ length: distanceSymbols }, (_, symbol) =>
  Math.max(0, (symbol >> 1) - 1),
)

/** The least length of each symbol of lengths; the longest match has a symbol of its own. */
export const startOfLength = Uint16Array.from({ length: literalSymbols }, (_, symbol) =>
  symbol === literalSymbols - 1 ? longestMatch : (lengthStarts[symbol - endOfBlock - 1] ?? 0),
)
/** The least distance of each symbol. */
export const startOfDistance = Uint16Array.from(startsOf([...extraOfDistance], 1))

/** The symbol of each length and of each distance. */
export const symbolOfLength = symbolsOf(startOfLength, endOfBlock + 1, longestMatch)
export const symbolOfDistance = symbolsOf(startOfDistance, 0, farthestMatch)

function startsOf(extras: readonly number[], first: number): number[] {
  let next = first
  return extras.map((extra) => {
    const start = next
    next += 1 << extra
    return start
  })
}

function symbolsOf(starts: Uint16Array, first: number, most: number): Uint16Array {
  const symbols = new Uint16Array(most + 1)
  for (let symbol = first; symbol < starts.length; symbol++) symbols.fill(symbol, starts[symbol])
  return symbols
}

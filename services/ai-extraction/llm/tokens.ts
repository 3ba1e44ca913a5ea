const runs = /\p{L}+|\p{N}+|[^\p{L}\p{N}\s]+|\n/gu

/**
 * How many tokens a text has at least. Tokenisers differ, but all of them begin a new token where letters, digits and signs
 * meet; none of those in use joins more than some eight letters or four digits on average.
 */
export function leastTokens(text: string): number {
  return tokensBy(text, { letters: 8, digits: 4, signs: Infinity })
}

/** How many tokens a text may have: some tokenisers split every number into its digits, and rare words into syllables. */
export function mostTokens(text: string): number {
  return tokensBy(text, { letters: 2.5, digits: 1, signs: 1 })
}

/** @param joined how many characters of a kind are one token */
function tokensBy(text: string, joined: { letters: number; digits: number; signs: number }): number {
  let tokens = 0
  for (const [run] of text.matchAll(runs)) {
    const of = /^\p{L}/u.test(run) ? joined.letters : /^\p{N}/u.test(run) ? joined.digits : joined.signs
    tokens += run === '\n' ? 0.5 : Math.max(1, Math.ceil(run.length / of))
  }
  return Math.floor(tokens)
}

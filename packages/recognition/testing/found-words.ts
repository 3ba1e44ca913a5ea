const wordsOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** How many words of the truth are in a text, and how many of the text in the truth, in any order: their F1, from 0 to 1. */
export function foundWords(text: string, truth: string): number {
  const left = new Map<string, number>()
  const expected = wordsOf(truth)
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1)
  const words = wordsOf(text)
  let found = 0
  for (const word of words) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    found++
    left.set(word, count - 1)
  }
  return (2 * found) / (words.length + expected.length)
}

/** The least part of the words of a page that must be the same. */
const leastAlike = 0.995

/**
 * Compares the text of two documents page by page, white space aside.
 * @returns what is wrong, in words
 */
export function textDamage(before: readonly string[], after: readonly string[]): string | undefined {
  if (before.length !== after.length) return `the text has ${after.length} pages instead of ${before.length}`
  for (const [index, page] of before.entries()) {
    const alike = alikeness(words(page), words(after[index] ?? ''))
    if (alike < leastAlike)
      return `the text of page ${index + 1} is only ${(alike * 100).toFixed(1)} % the same`
  }
  return undefined
}

const words = (text: string) => text.split(/\s+/).filter(Boolean)

/** Words in common over words of the longer text, counting repetitions (Dice's coefficient on bags of words). */
function alikeness(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1
  const counts = new Map<string, number>()
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1)
  let common = 0
  for (const word of b) {
    const left = counts.get(word) ?? 0
    if (left === 0) continue
    counts.set(word, left - 1)
    common++
  }
  return (2 * common) / (a.length + b.length)
}

/** The part of the words of a page that may be added or lost, and how many may in any case: programs divide them otherwise. */
const mostChanged = 0.005
const mostWords = 1

/** What is wrong with a text, in words, and the page where it is one of a page. */
export type TextDamage = { page?: number; damage: string }

/** Compares the text of two documents page by page, word by word in reading order. */
export function textDamages(before: readonly string[], after: readonly string[]): TextDamage[] {
  if (before.length !== after.length)
    return [{ damage: `the text has ${after.length} pages instead of ${before.length}` }]
  return before.flatMap((text, index) => {
    const page = index + 1
    const damage = damageOf(text, after[index] ?? '', page)
    return damage === undefined ? [] : [{ page, damage }]
  })
}

function damageOf(before: string, after: string, page: number): string | undefined {
  if (before === after) return undefined
  const [words, wordsAfter] = [wordsOf(before), wordsOf(after)]
  const most = Math.max(mostWords, Math.floor((words.length + wordsAfter.length) * mostChanged))
  if (!differsByAtMost(words, wordsAfter, most)) return `the text of page ${page} has changed`
  return isSameNumbers(before, after) ? undefined : `the numbers on page ${page} have changed`
}

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)

/** Of numbers not one may be another, however many words there are; programs may divide them otherwise, or order them. */
const isSameNumbers = (one: string, other: string): boolean =>
  digitsIn(one) === digitsIn(other) || numbersIn(one) === numbersIn(other)

/** All digits in their order, with the signs that stand between two of them. */
const digitsIn = (text: string): string =>
  withoutSpace(text.normalize('NFKC')).replaceAll(/(?<!\p{Nd})[.,]|[.,](?!\p{Nd})|[^\p{Nd}.,]/gu, '')

const numbersIn = (text: string): string =>
  (text.normalize('NFKC').match(/\p{Nd}+(?:[.,]\p{Nd}+)*/gu) ?? []).sort().join(' ')

const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, '')

/** Whether two texts are the same, white space aside. */
export const isSameText = (one: string, other: string): boolean => withoutSpace(one) === withoutSpace(other)

/**
 * Whether one sequence becomes the other by adding and removing at most so many items (Myers 1986, "An O(ND) Difference
 * Algorithm", the greedy algorithm of figure 2).
 */
export function differsByAtMost(a: readonly string[], b: readonly string[], most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false
  // How far into `a` a path has come on each diagonal, x − y.
  const reached = new Map<number, number>([[1, 0]])
  for (let changes = 0; changes <= most; changes++) {
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const added = reached.get(diagonal + 1) ?? -1
      const removed = reached.get(diagonal - 1) ?? -1
      let x = diagonal === -changes || (diagonal !== changes && removed < added) ? added : removed + 1
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      reached.set(diagonal, x)
      if (x >= a.length && x - diagonal >= b.length) return true
    }
  }
  return false
}

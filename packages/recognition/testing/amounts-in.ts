/** The amounts of a text as digits with their separators: 1,234.56 or 47,14. */
export const amountsIn = (text: string): string[] => text.match(/\d+(?:[.,]\d{3})*[.,]\d{2}(?!\d)/g) ?? []

/** How many of the amounts that stand on a page are among those that were read, each as often as it stands there. */
export function foundAmounts(read: readonly string[], truth: readonly string[]): number {
  const left = [...read]
  let found = 0
  for (const amount of truth) {
    const at = left.indexOf(amount)
    if (at < 0) continue
    left.splice(at, 1)
    found++
  }
  return found
}

/** The word nearest to one that is not known; undefined where none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const lower = given.toLowerCase()
  const begun = known.filter((word) => word.startsWith(lower))
  if (lower.length > 2 && begun.length === 1) return begun[0]
  const [best] = known
    .map((word) => ({ word, steps: distance(lower, word.toLowerCase()) }))
    .sort((one, other) => one.steps - other.steps)
  const most = Math.max(1, Math.floor(given.length / 3))
  return best && best.steps <= most ? best.word : undefined
}

/** `; did you mean status?`, or nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  const word = nearest(given, known)
  return word === undefined ? '' : `; did you mean ${word}?`
}

/** Letters to add, leave out, change or swap with their neighbour (optimal string alignment distance). */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    const [above, twoAbove] = [rows[row - 1] ?? [], rows[row - 2] ?? []]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1
      const steps = [(line[column - 1] ?? 0) + 1, (above[column] ?? 0) + 1, (above[column - 1] ?? 0) + same]
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line.push(Math.min(...steps, ...(swapped ? [(twoAbove[column - 2] ?? 0) + 1] : [])))
    }
    rows.push(line)
  }
  return rows.at(-1)?.at(-1) ?? 0
}

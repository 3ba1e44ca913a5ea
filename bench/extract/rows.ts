import type { FoundValue } from './found.ts'
import { bare, likeness } from './same-value.ts'

/** Rows by their names of columns, of a truth or of a reading; what is not printed is null. */
type Row = Readonly<Record<string, string | FoundValue | null | undefined>>

/** Pairs of rows in order; a row that has no other is alone. */
export type Pair<Expected, Found> = { expected?: Expected; found?: Found }

/**
 * Matches rows in order so that what they have in common is most (Needleman and Wunsch, 1970), within a band, since a
 * reading of thousands of rows is off by few.
 * @param amounts the columns that count as amounts
 */
export function matchRows<Expected extends Row, Found extends Row>(
  expected: readonly Expected[],
  found: readonly Found[],
  amounts: readonly string[],
): Pair<Expected, Found>[] {
  const band = Math.abs(expected.length - found.length) + 40
  const width = 2 * band + 1
  const best = new Float32Array((expected.length + 1) * width)
  const scoreAt = (row: number, column: number) => {
    const shift = column - row + band
    return row < 0 || column < 0 || shift < 0 || shift >= width ? 0 : (best[row * width + shift] ?? 0)
  }
  const [lefts, rights] = [keysOf(expected, amounts), keysOf(found, amounts)]
  for (let row = 1; row <= expected.length; row++)
    for (let column = Math.max(1, row - band); column <= Math.min(found.length, row + band); column++) {
      const paired = scoreAt(row - 1, column - 1) + similarity(lefts[row - 1], rights[column - 1])
      best[row * width + column - row + band] = Math.max(
        scoreAt(row, column - 1),
        scoreAt(row - 1, column),
        paired,
      )
    }
  const pairs: Pair<Expected, Found>[] = []
  let [row, column] = [expected.length, found.length]
  while (row > 0 || column > 0) {
    const [one, other] = [expected[row - 1], found[column - 1]]
    const score = scoreAt(row, column)
    if (one && (column === 0 || score === scoreAt(row - 1, column))) {
      pairs.push({ expected: one })
      row--
    } else if (other && (row === 0 || score === scoreAt(row, column - 1))) {
      pairs.push({ found: other })
      column--
    } else {
      if (one && other) pairs.push({ expected: one, found: other })
      row--
      column--
    }
  }
  return pairs.reverse()
}

type Key = { text: string; amounts: (number | undefined)[] }

function keysOf(rows: readonly Row[], amounts: readonly string[]): Key[] {
  return rows.map((row) => ({
    text: bare(textOf(row['description']) ?? '').slice(0, 24),
    amounts: amounts.map((name) => {
      const text = textOf(row[name])
      return text === undefined ? undefined : Number(text)
    }),
  }))
}

const textOf = (value: Row[string]): string | undefined =>
  typeof value === 'string' ? value : (value?.text ?? undefined)

/** From 0 to 2: the share of amounts that are the same, and how like the texts are; 0 for rows that have little in common. */
function similarity(one: Key | undefined, other: Key | undefined): number {
  if (!one || !other) return 0
  const printed = one.amounts.filter((amount) => amount !== undefined).length
  const same = one.amounts.filter((amount, at) => amount !== undefined && amount === other.amounts[at]).length
  const money = printed === 0 ? 0 : same / printed
  // Texts are compared letter by letter only where it matters.
  const text =
    one.text === other.text
      ? 1
      : money > 0 || one.text[0] === other.text[0]
        ? likeness(one.text, other.text)
        : 0
  return money + text < 0.6 ? 0 : money + text
}

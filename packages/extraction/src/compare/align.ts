import { isField } from '../fields/walk.ts'
import { plainValue } from './plain.ts'

/** What a row is known by, the first that it has: amounts before names, as those are read most surely. */
const keys = ['amount', 'netAmount', 'grossAmount', 'rate', 'iban', 'accountNumber', 'balance'] as const
/** Above so many comparisons rows are taken by their number. */
const mostComparisons = 4_000_000

/** Pairs of what belongs together in two lists, in their order; undefined where one has nothing for the other. */
export function align<T>(
  left: readonly T[],
  right: readonly T[],
): [number | undefined, number | undefined][] {
  const [a, b] = [left.map(keyOf), right.map(keyOf)]
  const anchors = a.length * b.length > mostComparisons ? [] : common(a, b)
  const pairs: [number | undefined, number | undefined][] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...anchors, [a.length, b.length] as const]) {
    // Between two rows that agree, what is left belongs together in its order.
    while (i < x || j < y) pairs.push([i < x ? i++ : undefined, j < y ? j++ : undefined])
    if (x < a.length) pairs.push([i++, j++])
  }
  return pairs
}

function keyOf(row: unknown): string {
  if (isField(row)) return plainValue(row)
  if (typeof row !== 'object' || row === null) return ''
  const fields = new Map(Object.entries(row))
  for (const key of keys) {
    const field: unknown = fields.get(key)
    if (isField(field)) return `${key} ${plainValue(field).split(' ', 1)[0]}`
  }
  return ''
}

/** The longest common subsequence of two lists, as pairs of places (Hirschberg's table, in full). */
function common(a: string[], b: string[]): [number, number][] {
  const width = b.length + 1
  const table = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right, both] = [
        table[(i + 1) * width + j],
        table[i * width + j + 1],
        table[(i + 1) * width + j + 1],
      ]
      table[i * width + j] = a[i] === b[j] ? (both ?? 0) + 1 : Math.max(down ?? 0, right ?? 0)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i++
    else j++
  }
  return pairs
}

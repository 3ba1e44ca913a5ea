import { expectationOf, type NewEntry, subjectOf } from './entry.ts'
import { Conflict } from './errors.ts'
import type { Identified } from './recorded.ts'

/**
 * Refuses an append in which an entry expects something of what an earlier one stores, which has no sequence yet. The server
 * looks only at what it has stored before, where filters hold wildcards (seen with 2.14.5 and 2.15.2), and stores both.
 * @throws Conflict
 */
export function checkAmong(entries: readonly NewEntry<Identified>[]): void {
  if (entries.length === 1) return
  const shapes = new Map<string, Set<string>>()
  const filters = entries.map((entry) => ('stream' in entry ? expectedUnder(entry) : undefined))
  for (const filter of filters) if (filter) shapes.set(shapeOf(filter), new Set())
  for (const [i, entry] of entries.entries()) {
    const filter = filters[i]
    if (filter && shapes.get(shapeOf(filter))?.has(filter.join('.')))
      throw new Conflict(`another entry of this append stands under ${filter.join('.')}`)
    const tokens = subjectOf(entry).split('.')
    for (const [shape, seen] of shapes) seen.add(masked(tokens, shape))
  }
}

function expectedUnder(entry: Parameters<typeof expectationOf>[0]): string[] | undefined {
  const { revision, filter } = expectationOf(entry)
  return revision === undefined ? undefined : filter.split('.').slice(0, -1)
}

/** Which tokens of a filter are wildcards: `.*.` of `a.*.c`. Subjects that are masked by it are equal to the filters that take them in. */
const shapeOf = (filter: readonly string[]) => filter.map((token) => (token === '*' ? '*' : '.')).join('')

const masked = (tokens: readonly string[], shape: string) =>
  tokens.length > shape.length
    ? tokens
        .slice(0, shape.length)
        .map((token, i) => (shape[i] === '*' ? '*' : token))
        .join('.')
    : ''

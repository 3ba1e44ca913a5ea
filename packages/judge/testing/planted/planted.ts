import type { Change } from './changes.ts'

/** The documents that something is changed of. */
export type OriginalName = 'report' | 'locked' | 'long' | 'prices'

/** The judges that look at a change: of candidates of compressing, and of documents made of pages of others. */
export type JudgeName = 'compressed' | 'assembled'

/** A change of a document, and who looks at it. */
export type Case = {
  kind: string
  what: string
  original: OriginalName
  change: Change
  judges: readonly JudgeName[]
  /** The pages that were asked for, from 1; all when it is left out. */
  pages?: readonly number[]
  /** What the judges are to say of it, so that none is caught by chance; what is sound leaves them nothing to say. */
  says?: RegExp
}

/** What judges say of what is seen to be wrong. */
export const seen =
  /looks different|marks on page|colours of|has lost what it showed|has lost its colour|text of page|numbers on page/

const both: readonly JudgeName[] = ['compressed', 'assembled']

/** Changes of a kind, by what each of them is. */
export const cases = (
  kind: string,
  changes: Readonly<Record<string, Change>>,
  { original = 'report', judges = both, ...more }: Partial<Omit<Case, 'kind' | 'what' | 'change'>> = {},
): Case[] =>
  Object.entries(changes).map(([what, change]) => ({ kind, what, original, change, judges, ...more }))

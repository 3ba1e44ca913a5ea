import type { Dictionary } from '@pdf-smaller/pdf'
import type { Broken } from '../finding.ts'
import type { Facts } from '../facts.ts'

/** Where a dictionary stands: in which object, and whether it is that object itself. */
export type Place = { reference: string; isObject: boolean }

/** Tells what a dictionary breaks of the standard, and how that is mended. */
export type Rule = (dictionary: Dictionary, facts: Facts, place: Place) => Iterable<Broken>

/** A rule that an entry breaks which goes without a loss, or with one that is told of. */
export const gone = (clause: string, says: string, key: string, removed?: string): Broken => ({
  clause,
  says,
  mend: () => ({ [key]: undefined }),
  ...(removed ? { removed } : {}),
})

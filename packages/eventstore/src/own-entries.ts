import { expectationOf, type NewEntry, subjectOf } from './entry.ts'
import type { Identified } from './recorded.ts'

/** A stored message, and the id of the event in it as far as there is one. */
export type StoredId = { sequence: number; id: string | undefined }

/** Looks up what stands under exactly one subject: the first message from a sequence on, or the newest. */
export type Look = {
  idFrom: (subject: string, sequence: number) => Promise<StoredId | undefined>
  newestId: (subject: string) => Promise<StoredId | undefined>
}

/** The sequences of the first entries, as many of them as an earlier try has stored. */
export async function storedBefore(look: Look, entries: readonly NewEntry<Identified>[]): Promise<number[]> {
  const found: number[] = []
  for (const entry of entries) {
    const previous = found.at(-1)
    const sequence = await placeOf(look, entry, previous === undefined ? undefined : previous + 1)
    if (sequence === undefined) break
    found.push(sequence)
  }
  return found
}

/** The sequences of all entries where an earlier try has stored them, which then it did as a whole; looks for one of them. */
export async function storedAsWhole(
  look: Look,
  entries: readonly NewEntry<Identified>[],
): Promise<number[] | undefined> {
  const index = entries.findIndex((entry) => revisionOf(entry) !== undefined)
  const own = entries[index]
  const sequence = own && (await placeOf(look, own))
  return sequence === undefined ? undefined : entries.map((_, i) => sequence - index + i)
}

/** Whether no conflict would tell that an earlier try has stored them. */
export function expectNothing(entries: readonly NewEntry<Identified>[]): boolean {
  return entries.every((entry) => revisionOf(entry) === undefined)
}

/**
 * Where an entry stands. Others may have written under its subject since: it is looked for behind the revision that it
 * expected; without one, only the newest can be told to be it.
 */
async function placeOf(
  look: Look,
  entry: NewEntry<Identified>,
  from = behind(entry),
): Promise<number | undefined> {
  // What is repeated has no id, and replaces itself.
  if (!('event' in entry)) return undefined
  const [subject, { id }] = [subjectOf(entry), entry.event]
  if (from === undefined) {
    const newest = await look.newestId(subject)
    return newest?.id === id ? newest.sequence : undefined
  }
  for (let next = from; ;) {
    const found = await look.idFrom(subject, next)
    if (!found || found.id === id) return found?.sequence
    next = found.sequence + 1
  }
}

function behind(entry: NewEntry<Identified>): number | undefined {
  const revision = revisionOf(entry)
  return revision === undefined ? undefined : revision + 1
}

function revisionOf(entry: NewEntry<Identified>): number | undefined {
  return 'stream' in entry ? expectationOf(entry).revision : undefined
}

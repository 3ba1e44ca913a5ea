import type { Identified } from './recorded.ts'
import { checkFilter, checkSubject } from './subject.ts'

/**
 * What a decision was made on: the stream's revision (the sequence of its newest event, as `load` gives it; 0 is that of a
 * stream without events), that there is no stream, or nothing.
 */
export type Expected = number | 'no stream' | 'any'

/** An event to be stored as the newest of its stream. */
export type NewEvent<E extends Identified> = {
  /** The subject prefix that all events of the stream share. */
  stream: string
  /** The last token of the event's subject. */
  name: string
  event: E
  /** `any` where it is left out, as for a further event of the same append. */
  expected?: Expected
  /** The prefix that the expectation looks at where that is more than the stream; may hold wildcards. */
  expectedIn?: string
  /** The subject of a schedule that ends with this append. */
  endsSchedule?: string
}

/** An event to be stored by the server itself when its time has come. The same subject again replaces it. */
export type NewSchedule<E extends Identified> = {
  schedule: string
  when: Date
  target: string
  event: E
}

/**
 * A message that the server stores again and again, byte for byte. It is no event, as these have ids of their own. The same
 * subject again replaces it.
 */
export type NewRepetition = {
  schedule: string
  /** Six fields, in UTC. */
  cron: string
  target: string
  message: object
}

export type NewEntry<E extends Identified> = NewEvent<E> | NewSchedule<E> | NewRepetition

/** The sequence of each entry, in the order of the entries. */
export type Sequences<N extends readonly unknown[]> = { -readonly [K in keyof N]: number }

/** The sequences in the form of their entries. */
export function inForm<const N extends readonly unknown[]>(
  _: N,
  sequences: Promise<readonly number[]>,
): Promise<Sequences<N>> {
  // There are as many as entries, which the type of a list does not say.
  return sequences as Promise<Sequences<N>>
}

export type AppendOptions = {
  /** How long it is tried while the server does not answer, ms. 5,000 where it is left out. */
  patienceMs?: number | undefined
}

export const appendPatienceMs = 5000

/** The server takes no more messages in one atomic batch. */
export const largestAppend = 1000

/** @throws RangeError when there are too few or too many, or for what is no revision; StoreRefused for what is no subject */
export function checkEntries(entries: readonly NewEntry<Identified>[]): void {
  if (entries.length === 0 || entries.length > largestAppend)
    throw new RangeError(`an append takes 1 to ${largestAppend} entries, not ${entries.length}`)
  for (const entry of entries) {
    checkSubject(subjectOf(entry))
    if (!('stream' in entry)) checkSubject(entry.target)
    else {
      checkRevision(entry.expected)
      if (entry.expectedIn !== undefined) checkFilter(`${entry.expectedIn}.>`)
      if (entry.endsSchedule !== undefined) checkSubject(entry.endsSchedule)
    }
  }
}

function checkRevision(expected: Expected | undefined): void {
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0))
    throw new RangeError(`${expected} is no revision of a stream`)
}

/** Where an entry is stored. */
export function subjectOf(entry: NewEntry<Identified>): string {
  return 'stream' in entry ? `${entry.stream}.${entry.name}` : entry.schedule
}

/** What is stored of an entry. */
export function payloadOf(entry: NewEntry<Identified>): string {
  return JSON.stringify('event' in entry ? entry.event : entry.message)
}

/** The revision that the events under a filter are to have; undefined where any will do. */
export function expectationOf({ stream, expected, expectedIn }: NewEvent<Identified>): {
  revision: number | undefined
  filter: string
} {
  const revision = expected === 'any' ? undefined : expected === 'no stream' ? 0 : expected
  return { revision, filter: `${expectedIn ?? stream}.>` }
}

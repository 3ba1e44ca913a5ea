import { checkCron } from './cron.ts'
import { StoreRefused } from './errors.ts'
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
  expected?: Expected | undefined
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

/**
 * @param isOwn whether the JetStream stream of the events keeps what is published under a subject
 * @throws RangeError when there are too few or too many, or for what is no revision or no time; StoreRefused for what is no
 * cron line, no subject or not one of the store's own
 */
export function checkEntries(
  entries: readonly NewEntry<Identified>[],
  isOwn: (subject: string) => boolean,
): void {
  const checkOwn = (subject: string) => {
    if (isOwn(checkSubject(subject))) return
    const what = JSON.stringify(subject.slice(0, 100))
    throw new StoreRefused(`${what} is under none of the subjects of the event store's layout`, 0)
  }
  if (entries.length === 0 || entries.length > largestAppend)
    throw new RangeError(`an append takes 1 to ${largestAppend} entries, not ${entries.length}`)
  for (const entry of entries) {
    checkOwn(subjectOf(entry))
    if (!('stream' in entry)) {
      checkOwn(entry.target)
      if ('when' in entry) checkWhen(entry.when)
      else checkCron(entry.cron)
    } else {
      checkRevision(entry.expected)
      if (entry.expectedIn !== undefined) checkFilter(`${entry.expectedIn}.>`)
      if (entry.endsSchedule !== undefined) checkOwn(entry.endsSchedule)
    }
  }
}

function checkRevision(expected: Expected | undefined): void {
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0))
    throw new RangeError(`${expected} is no revision of a stream`)
}

/** The last moment that the server can be told of in RFC 3339, whose years have four digits. */
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999)
const firstMs = new Date('0000-01-01T00:00:00Z').getTime()

function checkWhen(when: Date): void {
  const ms = when.getTime()
  if (!(firstMs <= ms && ms <= lastMs)) throw new RangeError(`${String(when)} is no time for a schedule`)
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

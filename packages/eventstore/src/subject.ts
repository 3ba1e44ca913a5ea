import { StoreRefused } from './errors.ts'

/**
 * The longest subject that is sent, bytes. A line of the protocol holds the subject, that of the reply and two sizes; one of
 * more than 4,096 bytes (`max_control_line` of nats-server) ends the connection, and with it everything that others ask.
 */
const longestSubject = 2000

/** What stands in no token: a blank would begin the next word of the protocol's line. */
// oxlint-disable-next-line no-control-regex -- it is what is looked for
const amiss = /[\s\u0000-\u001f\u007f]/
const wildcard = /[*>]/
const misplaced = /[^.][*>]|[*>][^.]|>./

/** @throws StoreRefused for what cannot be the subject of a message */
export function checkSubject(subject: string): string {
  if (wildcard.test(subject)) throw noSubject(subject)
  return check(subject)
}

/** @throws StoreRefused for what cannot be a filter: a subject, some of whose tokens may be `*`, and the last `>` */
export function checkFilter(filter: string): string {
  if (misplaced.test(filter)) throw noSubject(filter)
  return check(filter)
}

function check(subject: string): string {
  const hasGap = subject === '' || subject.startsWith('.') || subject.endsWith('.') || subject.includes('..')
  // A character takes up to three bytes for each unit of its string.
  const isLong = 3 * subject.length > longestSubject && Buffer.byteLength(subject) > longestSubject
  if (hasGap || isLong || amiss.test(subject)) throw noSubject(subject)
  return subject
}

const noSubject = (subject: string) =>
  new StoreRefused(`${JSON.stringify(subject.slice(0, 100))} is no subject of the event store`, 0)

/** Whether a filter takes a subject in: `*` is one token, `>` all that follow. */
export function matches(filter: string, subject: string): boolean {
  return takesIn(filter.split('.'), subject.split('.'))
}

/** Tells of a subject whether any of the filters takes it in. */
export function takenInBy(filters: readonly string[]): (subject: string) => boolean {
  const split = filters.map((filter) => filter.split('.'))
  return (subject) => {
    const tokens = subject.split('.')
    return split.some((wanted) => takesIn(wanted, tokens))
  }
}

function takesIn(wanted: readonly string[], tokens: readonly string[]): boolean {
  const open = wanted.at(-1) === '>'
  if (open ? tokens.length < wanted.length : tokens.length !== wanted.length) return false
  return wanted.every((token, i) => token === '>' || token === '*' || token === tokens[i])
}

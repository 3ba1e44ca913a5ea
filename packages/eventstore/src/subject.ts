import { StoreRefused } from './errors.ts'

/**
 * The longest subject that is sent, bytes. A line of the protocol holds the subject, that of the reply and two sizes; one of
 * more than 4,096 bytes (`max_control_line` of nats-server) ends the connection, and with it everything that others ask.
 */
const longestSubject = 2000

/** Tokens between dots. A blank would begin the next word of the protocol's line. */
const plain = /^[^\s\p{Cc}.*>]+(?:\.[^\s\p{Cc}.*>]+)*$/u
const withWildcards = /^(?:[^\s\p{Cc}.*>]+|\*)(?:\.(?:[^\s\p{Cc}.*>]+|\*))*(?:\.>)?$|^>$/u

/** @throws StoreRefused for what cannot be the subject of a message */
export function checkSubject(subject: string): string {
  return check(subject, plain)
}

/** @throws StoreRefused for what cannot be a filter: a subject, some of whose tokens may be `*`, and the last `>` */
export function checkFilter(filter: string): string {
  return check(filter, withWildcards)
}

function check(subject: string, form: RegExp): string {
  if (!form.test(subject) || Buffer.byteLength(subject) > longestSubject)
    throw new StoreRefused(`${JSON.stringify(subject.slice(0, 100))} is no subject of the event store`, 0)
  return subject
}

/** Whether a filter takes a subject in: `*` is one token, `>` all that follow. */
export function matches(filter: string, subject: string): boolean {
  const [wanted, tokens] = [filter.split('.'), subject.split('.')]
  const open = wanted.at(-1) === '>'
  if (open ? tokens.length < wanted.length : tokens.length !== wanted.length) return false
  return wanted.every((token, i) => token === '>' || token === '*' || token === tokens[i])
}

import { matches } from '../subject.ts'

/** As it is stored: what was given is written down, so that nobody can change it any more. */
export type Message = { sequence: number; subject: string; payload: string; storedAtMs: number }

export type Messages = {
  /** @returns the sequence */
  store: (subject: string, payload: string) => number
  remove: (message: Message) => void
  last: () => number
  at: (sequence: number) => Message | undefined
  /** All messages behind a sequence under any of the filters, oldest first. */
  behind: (sequence: number, filters: readonly string[]) => Message[]
  /** The newest message of each subject under a filter, oldest first. */
  newest: (filter: string) => Message[]
  /** Calls back, as soon as what runs now has ended, whenever something was stored. */
  onStored: (call: () => void) => () => void
}

export function openMessages(nowMs: () => number): Messages {
  const messages = new Map<number, Message>()
  const newestOf = new Map<string, number>()
  const listeners = new Set<() => void>()
  let last = 0
  return {
    store: (subject, payload) => {
      const sequence = ++last
      messages.set(sequence, { sequence, subject, payload, storedAtMs: nowMs() })
      newestOf.set(subject, sequence)
      for (const call of listeners) queueMicrotask(() => listeners.has(call) && call())
      return sequence
    },
    remove: ({ sequence, subject }) => {
      messages.delete(sequence)
      if (newestOf.get(subject) !== sequence) return
      newestOf.delete(subject)
      for (const other of messages.values())
        if (other.subject === subject) newestOf.set(subject, other.sequence)
    },
    last: () => last,
    at: (sequence) => messages.get(sequence),
    behind: (sequence, filters) =>
      [...messages.values()].filter(
        (each) => each.sequence > sequence && filters.some((filter) => matches(filter, each.subject)),
      ),
    newest: (filter) =>
      [...newestOf]
        .flatMap(([subject, sequence]) => (matches(filter, subject) ? (messages.get(sequence) ?? []) : []))
        .sort((a, b) => a.sequence - b.sequence),
    onStored: (call) => {
      listeners.add(call)
      return () => void listeners.delete(call)
    },
  }
}

/** A message as `read` takes it. */
export const payloadOf = ({ payload }: Message) => ({
  json: (): unknown => JSON.parse(payload),
  string: () => payload,
})

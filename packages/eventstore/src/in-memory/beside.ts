import type { Lookup } from '../lookup.ts'
import { matches } from '../subject.ts'
import type { Survey } from '../survey.ts'
import type { Durable } from './durable.ts'
import type { Log } from './log.ts'

/** Answers, unless the store is closed. */
export type Asked = <T>(answer: () => T) => Promise<T>

/** The newest values of further streams, each under its name. */
export function openLookups(asked: Asked): (streamName: string) => Lookup {
  const lookups = new Map<string, Lookup>()
  return (name) => {
    const lookup = lookups.get(name) ?? openLookup(asked)
    lookups.set(name, lookup)
    return lookup
  }
}

function openLookup(asked: Asked): Lookup {
  const values = new Map<string, string>()
  return {
    get: (subject) => asked(() => values.get(subject)),
    all: (subjects) =>
      asked(() => [...values].flatMap(([subject, value]) => (matches(subjects, subject) ? [value] : []))),
    put: (subject, value) => asked(() => void values.set(subject, value)),
  }
}

export function surveyOf<E>(log: Log, durables: Iterable<Durable<E>>): Survey {
  const messages = log.behind(0, ['>'])
  const [oldest] = messages
  const bytes = messages.reduce((sum, { payload }) => sum + Buffer.byteLength(payload), 0)
  const oldestAt = oldest && new Date(oldest.storedAtMs).toISOString()
  return {
    version: '',
    streams: [{ name: 'in memory', messages: messages.length, bytes, ...(oldestAt ? { oldestAt } : {}) }],
    consumers: Array.from(durables, ({ settings: { name, filters }, lag }) => {
      const { waiting, out, redelivered } = lag()
      return { name, filters, waiting, out, redelivered }
    }),
  }
}

import { checkAmong } from '../among-entries.ts'
import {
  checkEntries,
  expectationOf,
  type NewEntry,
  type NewRepetition,
  type NewSchedule,
  payloadOf,
  subjectOf,
} from '../entry.ts'
import { Conflict, StoreRefused } from '../errors.ts'
import type { Identified } from '../recorded.ts'
import type { Clock } from './clock.ts'
import { type Messages, openMessages } from './messages.ts'

/** The messages of one stream, and the schedules among them. */
export type Log = Omit<Messages, 'store' | 'remove'> & {
  append: (entries: readonly NewEntry<Identified>[]) => number[]
  purge: (filter: string, before: number) => void
  /** Stores what a schedule holds under its target, whenever it would be due. @throws StoreRefused */
  fire: (schedule: string) => void
}

/** The largest message that a server takes unless it is told otherwise (`max_payload` of nats-server), bytes. */
const largestMessage = 1024 * 1024

/** @param isOwn whether it takes a subject in */
export function openLog(clock: Clock, isOwn: (subject: string) => boolean): Log {
  const messages = openMessages(clock.nowMs)
  const schedules = openSchedules(messages, clock)
  const lastUnder = (filter: string) => messages.newest(filter).at(-1)?.sequence ?? 0
  return {
    ...messages,
    append: (entries) => {
      checkEntries(entries, isOwn)
      checkAmong(entries)
      const payloads = entries.map(boundedPayloadOf)
      for (const entry of entries) if ('stream' in entry) checkExpectation(entry, lastUnder)
      return entries.map((entry, i) => {
        const payload = payloads[i] ?? ''
        if (!('stream' in entry)) return schedules.set(entry, payload)
        if (entry.endsSchedule) schedules.end(entry.endsSchedule)
        return messages.store(subjectOf(entry), payload)
      })
    },
    purge: (filter, before) => {
      for (const each of messages.behind(0, [filter])) if (each.sequence < before) messages.remove(each)
    },
    fire: schedules.fire,
  }
}

/** What is stored of an entry. @throws StoreRefused for what is too large */
function boundedPayloadOf(entry: NewEntry<Identified>): string {
  const payload = payloadOf(entry)
  if (Buffer.byteLength(payload) <= largestMessage) return payload
  throw new StoreRefused(`the event store takes messages of ${largestMessage} bytes and no more`, 0)
}

/** @throws Conflict when it is wrong */
function checkExpectation(
  entry: Parameters<typeof expectationOf>[0],
  lastUnder: (filter: string) => number,
): void {
  const { revision, filter } = expectationOf(entry)
  if (revision === undefined) return
  const found = lastUnder(filter)
  if (found !== revision) throw new Conflict(`the newest event under ${filter} is ${found}, not ${revision}`)
}

/** A schedule is a message under its own subject, until it has gone off or is ended. */
function openSchedules({ newest, remove, store }: Messages, { at }: Clock) {
  const schedules = new Map<string, { target: string; isRepeated: boolean; cancel: () => void }>()
  const end = (subject: string) => {
    schedules.get(subject)?.cancel()
    if (schedules.delete(subject)) newest(subject).forEach(remove)
  }
  const fire = (subject: string) => {
    const [message] = newest(subject)
    const schedule = schedules.get(subject)
    if (!message || !schedule) throw new StoreRefused(`there is no schedule ${subject}`, 0)
    if (!schedule.isRepeated) end(subject)
    store(schedule.target, message.payload)
  }
  const set = (entry: NewSchedule<Identified> | NewRepetition, payload: string): number => {
    const { schedule: subject, target } = entry
    end(subject)
    const sequence = store(subject, payload)
    const alarm = 'when' in entry ? at(entry.when.getTime(), () => fire(subject)) : undefined
    schedules.set(subject, { target, isRepeated: !alarm, cancel: () => alarm?.cancel() })
    return sequence
  }
  return { set, end, fire }
}

import type { Consumption } from '../consume.ts'
import type { Delivery } from '../delivery.ts'
import type { DurableConsumer } from '../durable.ts'
import type { ConsumerLag } from '../lag.ts'
import { type Decode, type Identified, read } from '../recorded.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { type Message, payloadOf } from './messages.ts'
import { openOutstanding } from './outstanding.ts'

type Handle<E> = (delivery: Delivery<E>) => Promise<void>

/** One of those that share a durable consumer. */
type Member<E> = { slots: number; busy: number; handle: Handle<E>; drained?: () => void }

export type Durable<E> = {
  settings: DurableConsumer
  join: (slots: number, handle: Handle<E>) => Consumption
  lag: () => ConsumerLag
}

/** What the server does for a durable consumer. The note that nobody took a message is not told. */
export function openDurable<E extends Identified>(
  log: Log,
  clock: Clock,
  decode: Decode<E>,
  settings: DurableConsumer,
): Durable<E> {
  const members = new Set<Member<E>>()
  const outstanding = openOutstanding(clock, pump)
  let deliveredUpTo = 0
  const own: Durable<E> = { settings, join: (slots, handle) => join(members, { slots, handle }, pump), lag }
  log.onStored(pump)

  function pump(): void {
    for (;;) {
      const member = [...members].find(({ busy, slots }) => busy < slots)
      const message = member && next()
      if (!message) return
      give(member, message)
    }
  }
  /** What comes again goes first; what has come often enough does not. */
  function next(): Message | undefined {
    for (const sequence of outstanding.due()) {
      const message = log.at(sequence)
      if (message && outstanding.deliveriesOf(sequence) < (own.settings.maxDeliver ?? Infinity))
        return message
      outstanding.done(sequence)
    }
    return log.behind(deliveredUpTo, own.settings.filters)[0]
  }
  function give(member: Member<E>, message: Message): void {
    const { sequence, subject, storedAtMs } = message
    deliveredUpTo = Math.max(deliveredUpTo, sequence)
    const deliveries = outstanding.deliveriesOf(sequence) + 1
    const silenceMs = silenceOf(own.settings, deliveries)
    const hold = (ms: number) => {
      if (outstanding.deliveriesOf(sequence) === deliveries) outstanding.hold(sequence, deliveries, ms)
    }
    outstanding.hold(sequence, deliveries, silenceMs)
    member.busy++
    const reading = read(subject, sequence, payloadOf(message), decode)
    const answers = { ack: () => outstanding.done(sequence), working: () => hold(silenceMs), nak: hold }
    void member.handle({ reading, subject, sequence, deliveries, storedAtMs, ...answers }).finally(() => {
      member.busy--
      if (member.busy === 0) member.drained?.()
      pump()
    })
  }
  function lag(): ConsumerLag {
    const { filters } = own.settings
    const { oldest, ...figures } = outstanding.figures()
    const done = log.behind(0, filters).findLast(({ sequence }) => sequence < oldest)
    return {
      ...figures,
      waiting: log.behind(deliveredUpTo, filters).length,
      deliveredUpTo,
      acknowledgedUpTo: figures.out === 0 ? deliveredUpTo : (done?.sequence ?? 0),
      pulls: [...members].filter(({ busy, slots }) => busy < slots).length,
    }
  }
  return own
}

/** How long a delivery stays out. */
function silenceOf({ backoffMs }: DurableConsumer, deliveries: number): number {
  return backoffMs[Math.min(deliveries, backoffMs.length) - 1] ?? 30_000
}

function join<E>(
  members: Set<Member<E>>,
  { slots, handle }: { slots: number; handle: Handle<E> },
  pump: () => void,
): Consumption {
  const member: Member<E> = { slots, busy: 0, handle }
  members.add(member)
  queueMicrotask(pump)
  const drain = async () => {
    members.delete(member)
    if (member.busy > 0) await new Promise<void>((resolve) => (member.drained = resolve))
  }
  let draining: Promise<void> | undefined
  return { busy: () => member.busy, drain: () => (draining ??= drain()) }
}

import { decodeEvent, isJobEvent } from '@pdf-smaller/contracts'
import type { JsMsg } from '@nats-io/jetstream'
import { openBackoff } from '../backoff.ts'
import type { News } from '../follow.ts'
import { jsonOf, UnreachableError } from '../problem.ts'
import { PositionLostError } from '../project/source.ts'
import type { Checkpoint } from '../project/store.ts'
import type { DurableConsumer } from './consumer.ts'

export type Reading = {
  /** The first sequence that may come; undefined for what was not acknowledged yet. */
  from: number | undefined
  /** What stood at `from` when it was read; the consumer has to have given it out if it is still the same stream. */
  expected?: Checkpoint | undefined
  /** `false` ends behind what is stored now. */
  live: boolean
  batch: number
  signal: AbortSignal | undefined
  patienceMs: number
}

/**
 * Reads a durable consumer as its only reader: every event once and in order, acknowledged when the next one is asked for.
 * The server counts what it gives out. Where a number is missing something was lost on its way, and the consumer is set
 * back behind what was read; what comes again is acknowledged and left out.
 * @throws PositionLostError, UnreachableError, the reason of `signal`
 */
export async function* readInOrder(
  consumer: DurableConsumer,
  { from, expected, live, batch, signal, patienceMs }: Reading,
): AsyncGenerator<News, void, undefined> {
  const backoff = openBackoff(patienceMs, signal)
  const checked = expected && (await openCheck(consumer, expected))
  let next = from
  for (;;) {
    let failure: unknown
    try {
      let left = await consumer.reset(next)
      checked?.(left > 0 ? undefined : 0)
      if (!live && left === 0) return
      let count = 0
      for await (const message of consumer.messages(batch, signal)) {
        const { streamSequence: sequence, deliverySequence, pending } = message.info
        if (deliverySequence !== ++count) break
        checked?.(sequence)
        if (sequence >= (next ?? 0)) {
          const news = newsOf(message)
          if (news) yield news
          next = sequence + 1
          left = pending
        }
        message.ack()
        // Who has ended the reading is told nothing more, and nothing more is acknowledged, however much of it is here.
        signal?.throwIfAborted()
        backoff.reset()
        if (!live && left === 0) return
      }
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error
      failure = error
    }
    await backoff.pause(failure)
  }
}

/**
 * Tells whether the stream is still that of a checkpoint, as far as the consumer knows: what it has never got to was not
 * read from it. @returns takes the first sequence that comes, 0 where nothing does
 */
async function openCheck(consumer: DurableConsumer, { sequence: expected }: Checkpoint) {
  let isOpen = (await consumer.deliveredUpTo()) < expected
  return (first: number | undefined) => {
    if (!isOpen || first === undefined) return
    isOpen = false
    if (first !== expected)
      throw new PositionLostError(`the event ${expected} is not there, and the consumer never gave it out`)
  }
}

/** What a message tells; undefined for what this client does not know. */
function newsOf(message: JsMsg): News | undefined {
  const value = jsonOf(message.string())
  const event = value === undefined ? undefined : decoded(value)
  return event && isJobEvent(event)
    ? { kind: 'event', sequence: String(message.info.streamSequence), event }
    : undefined
}

function decoded(value: unknown) {
  try {
    return decodeEvent(value)
  } catch {
    return undefined
  }
}

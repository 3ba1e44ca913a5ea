import { type Msg, type NatsConnection, nanos } from '@nats-io/transport-node'
import { type Decode, deliveryOf, read, type Reading } from './recorded.ts'

/** A message given out by a durable consumer, to be acknowledged by one of its methods. */
export type Delivery<E> = {
  reading: Reading<E>
  subject: string
  sequence: number
  /** 1 the first time. */
  deliveries: number
  /** When it was stored, ms since the epoch. */
  storedAtMs: number
  ack: () => void
  /** Restarts the wait before a redelivery. */
  working: () => void
  /** Asks for it to be given out again, after `delayMs`. */
  nak: (delayMs: number) => void
}

export function deliveryFrom<E>(connection: NatsConnection, message: Msg, decode: Decode<E>): Delivery<E> {
  const reply = message.reply ?? ''
  const { deliveries, sequence, timestampMs } = deliveryOf(reply)
  const answer = (payload: string) => {
    if (!connection.isClosed()) connection.publish(reply, payload)
  }
  return {
    reading: read(message.subject, sequence, message, decode),
    subject: message.subject,
    sequence,
    deliveries,
    storedAtMs: timestampMs,
    ack: () => answer('+ACK'),
    working: () => answer('+WPI'),
    // With a delay, be it 0, the server waits as long as its backoff has grown since the first time on top of that.
    nak: (delayMs) => answer(delayMs > 0 ? `-NAK {"delay": ${nanos(delayMs)}}` : '-NAK'),
  }
}

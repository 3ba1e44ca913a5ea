import { z } from 'zod'

/** What the store asks of an event: an id, by which its own appends are known again. */
export type Identified = { id: string }

/** Turns stored JSON into an event; throws on what is none. Of its place only who names it by that has use. */
export type Decode<E> = (json: unknown, place: { subject: string; sequence: number }) => E

/** An event as it stands in the stream. */
export type Recorded<E> = {
  sequence: number
  /** The stream's prefix and the event's name. */
  subject: string
  event: E
}

/** A stored message that is no event: set aside and reported, never a halt. */
export type Poison = { sequence: number; subject: string; error: Error; payload: string }

export type Reading<E> = { ok: true; recorded: Recorded<E> } | { ok: false; poison: Poison }

/** What a message holds. */
type Payload = { json: () => unknown; string: () => string }

/** Reads one stored message, in whatever way it was delivered. */
export function read<E>(subject: string, sequence: number, message: Payload, decode: Decode<E>): Reading<E> {
  try {
    return { ok: true, recorded: { sequence, subject, event: decode(message.json(), { subject, sequence }) } }
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    return { ok: false, poison: { sequence, subject, error, payload: message.string().slice(0, 10_000) } }
  }
}

const WithId = z.object({ id: z.string() })

/** The id in a stored message, also where the decoder does not take it for an event. */
export function idIn(payload: string | undefined): string | undefined {
  try {
    return WithId.safeParse(JSON.parse(payload ?? '')).data?.id
  } catch {
    return undefined
  }
}

/** Where a delivered message stands: the tokens of its reply subject (NATS ADR-15, both forms). */
export function deliveryOf(reply: string): {
  deliveries: number
  sequence: number
  consumerSequence: number
  timestampMs: number
  pending: number
} {
  const tokens = reply.split('.')
  const at = tokens.length > 9 ? 4 : 2
  const number = (offset: number) => Number(tokens[at + offset])
  return {
    deliveries: number(2),
    sequence: number(3),
    consumerSequence: number(4),
    timestampMs: number(5) / 1e6,
    pending: number(6),
  }
}

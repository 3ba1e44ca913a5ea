import { setTimeout as wait } from 'node:timers/promises'
import { JetStreamApiError } from '@nats-io/jetstream'
import { errors } from '@nats-io/transport-node'
import { z } from 'zod'

/** What the event store throws by itself. */
export abstract class EventStoreError extends Error {}

/** The stream has moved on since its revision was read: load, and decide again. */
export class Conflict extends EventStoreError {
  override readonly name = 'Conflict'
}

/** The server did not answer in time, or not at all; whether the events were stored has been looked at as far as possible. */
export class StoreUnavailable extends EventStoreError {
  override readonly name = 'StoreUnavailable'
}

/** What whoever still asks a store is told that was closed. */
export const closedStore = () => new StoreUnavailable('the event store was closed')

/** The server has no room: the append was refused and nothing was dropped. */
export class StoreFull extends EventStoreError {
  override readonly name = 'StoreFull'
}

/** The request was refused for a reason that repeating does not change. */
export class StoreRefused extends EventStoreError {
  override readonly name = 'StoreRefused'
  /** The server's error code; 0 where it was not asked. */
  readonly code: number

  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A stored message that the decoder does not take for an event; `cause` is what the decoder threw. */
export class UnreadableEvent extends EventStoreError {
  override readonly name = 'UnreadableEvent'
  readonly sequence: number
  readonly subject: string

  constructor({ sequence, subject, error }: { sequence: number; subject: string; error: Error }) {
    super(`what is stored at ${sequence} under ${subject} is no event: ${error.message}`, { cause: error })
    this.sequence = sequence
    this.subject = subject
  }
}

/** The server lacks what the store stands on: atomic batches and cancellable schedules. */
export class ServerTooOld extends EventStoreError {
  override readonly name = 'ServerTooOld'
}

/** Error codes of nats-server's JetStream API (server/errors.json of its source). */
const wrongLastSequence = 10071
/** The last: a batch that its disk has no room for is only told of as incomplete. */
const insufficientResources = new Set([10023, 10028, 10047, 10077, 10176])
const passing = new Set([10008, 10039, 10076, 10118, 10009])

/** What a server of JetStream answers in place of what was asked for. */
export const ApiError = z.object({
  err_code: z.number().optional(),
  code: z.number().optional(),
  description: z.string().optional(),
})

/** A JetStream API error as one of the store's own. */
export function storeError(error: z.infer<typeof ApiError>): EventStoreError {
  const code = error.err_code ?? 0
  const message = `the event store answered ${code}: ${error.description ?? 'no description'}`
  if (code === wrongLastSequence) return new Conflict(message)
  if (insufficientResources.has(code)) return new StoreFull(message)
  if (passing.has(code) || error.code === 503) return new StoreUnavailable(message)
  return new StoreRefused(message, code)
}

/** How long a request that nobody got is repeated, ms. */
const unheardMs = 5000
const pauseMs = 20

/**
 * Asks the server through the client, and throws what that throws as one of the store's own errors. A server that reads its
 * accounts again answers for none of them for a moment: what it has not got is asked for once more.
 * @throws StoreUnavailable when no answer came; as `storeError`
 */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + unheardMs
  for (;;) {
    try {
      return await ask()
    } catch (cause) {
      if (cause instanceof EventStoreError) throw cause
      if (cause instanceof JetStreamApiError) throw storeError(cause.apiError())
      if (!isUnheard(cause) || performance.now() > until) {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new StoreUnavailable(`the event store gave no answer: ${why}`, { cause })
      }
      await wait(pauseMs)
    }
  }
}

/** Whether a request was for nobody, so that it was not carried out. */
export function isUnheard(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof errors.NoRespondersError) return true
    if (each instanceof errors.RequestError && each.isNoResponders()) return true
  }
  return false
}

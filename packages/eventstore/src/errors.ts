/** The stream has moved on since its revision was read: load, and decide again. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}

/** The server did not answer in time, or not at all; whether the events were stored has been looked at as far as possible. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** The server has no room: the append was refused and nothing was dropped. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'
}

/** The server refused the request for a reason that repeating does not change. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused'
  readonly code: number

  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The server lacks what the store stands on: atomic batches and cancellable schedules. */
export class ServerTooOld extends Error {
  override readonly name = 'ServerTooOld'
}

/** Error codes of nats-server's JetStream API (server/errors.json of its source). */
const wrongLastSequence = 10071
/** The last: a batch that its disk has no room for is only told of as incomplete. */
const insufficientResources = new Set([10023, 10028, 10047, 10077, 10176])
const passing = new Set([10008, 10039, 10076, 10118, 10009])

/** A JetStream API error as one of the store's own. */
export function storeError(error: {
  err_code?: number | undefined
  code?: number | undefined
  description?: string | undefined
}): Error {
  const code = error.err_code ?? 0
  const message = `the event store answered ${code}: ${error.description ?? 'no description'}`
  if (code === wrongLastSequence) return new Conflict(message)
  if (insufficientResources.has(code)) return new StoreFull(message)
  if (passing.has(code) || error.code === 503) return new StoreUnavailable(message)
  return new StoreRefused(message, code)
}

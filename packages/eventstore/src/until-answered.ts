import { setTimeout as wait } from 'node:timers/promises'
import { JetStreamApiError } from '@nats-io/jetstream'
import { errors } from '@nats-io/transport-node'
import { isUnheard, StoreUnavailable } from './errors.ts'

const patienceMs = 60_000
const pauseMs = 250

/**
 * Repeats what may be repeated while the server does not answer, as when it is started again.
 * @throws StoreUnavailable when it does not answer for a minute; what `work` throws for another reason
 */
export async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isSilence(error)) throw error
      if (performance.now() > until)
        throw new StoreUnavailable(`the event store did not answer for ${patienceMs / 1000} s`, {
          cause: error,
        })
      await wait(pauseMs)
    }
  }
}

function isSilence(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === 503
  if (error instanceof StoreUnavailable || isUnheard(error)) return true
  return [errors.TimeoutError, errors.RequestError].some((each) => error instanceof each)
}

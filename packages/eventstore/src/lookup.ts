import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** The newest value under each subject of a stream: what may be lost without harm, and need not be waited for. */
export type Lookup = {
  /** @throws StoreUnavailable */
  get: (subject: string) => Promise<string | undefined>
  /** The newest values under all subjects that match. @throws StoreUnavailable */
  all: (subjects: string) => Promise<string[]>
  /** @throws StoreUnavailable when it is not stored in time */
  put: (subject: string, value: string) => Promise<void>
}

const timeout = 2000

/** @param asked asks the server, and throws the store's own errors */
export function openLookup(
  connection: NatsConnection,
  streamName: string,
  asked: <T>(ask: () => Promise<T>) => Promise<T>,
): Lookup {
  const direct = async () => (await jetstreamManager(connection, { checkAPI: false, timeout })).direct
  return {
    get: (subject) =>
      asked(async () => {
        const found = await (await direct()).getMessage(streamName, { last_by_subj: subject })
        return found?.string()
      }),
    all: (subjects) =>
      asked(async () => {
        const values: string[] = []
        const found = await (await direct()).getLastMessagesFor(streamName, { multi_last: [subjects] })
        for await (const message of found) values.push(message.string())
        return values
      }),
    put: (subject, value) =>
      asked(async () => {
        await jetstream(connection, { timeout }).publish(subject, value, { timeout, retries: 0 })
      }),
  }
}

import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { answered } from './errors.ts'

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

export function openLookup(connection: NatsConnection, streamName: string): Lookup {
  const direct = async () => (await jetstreamManager(connection, { checkAPI: false, timeout })).direct
  return {
    get: (subject) =>
      answered(async () => {
        const found = await (await direct()).getMessage(streamName, { last_by_subj: subject })
        return found?.string()
      }),
    all: (subjects) =>
      answered(async () => {
        const values: string[] = []
        const found = await (await direct()).getLastMessagesFor(streamName, { multi_last: [subjects] })
        for await (const message of found) values.push(message.string())
        return values
      }),
    put: (subject, value) =>
      answered(async () => {
        await jetstream(connection, { timeout }).publish(subject, value, { timeout, retries: 0 })
      }),
  }
}

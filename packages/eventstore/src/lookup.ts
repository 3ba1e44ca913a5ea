import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** The newest value under each subject of a stream: what may be lost without harm, and need not be waited for. */
export type Lookup = {
  /** @throws Error when the server does not answer in time */
  get: (subject: string) => Promise<string | undefined>
  /** The newest values under all subjects that match. */
  all: (subjects: string) => Promise<string[]>
  /** @throws Error when the server does not store it in time */
  put: (subject: string, value: string) => Promise<void>
}

const timeout = 2000

export function openLookup(connection: NatsConnection, streamName: string): Lookup {
  return {
    get: async (subject) => {
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout })
      return (await manager.direct.getMessage(streamName, { last_by_subj: subject }))?.string()
    },
    all: async (subjects) => {
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout })
      const values: string[] = []
      for await (const message of await manager.direct.getLastMessagesFor(streamName, {
        multi_last: [subjects],
      }))
        values.push(message.string())
      return values
    },
    put: async (subject, value) => {
      await jetstream(connection, { timeout }).publish(subject, value, { timeout, retries: 0 })
    },
  }
}

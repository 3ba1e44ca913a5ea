import {
  type ConsumerInfo,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { consumerInfo, removeDurable } from './durable.ts'
import { answered } from './errors.ts'
import { type ConsumerLag, lagIn } from './lag.ts'

/** A durable pull consumer for a reader outside of this system, who asks the server by itself. */
export type NewReader = {
  name: string
  filters: string[]
  /** The first sequence that may come; it can be reset to any that is not before it. */
  from: number
  metadata: Record<string, string>
}

/** How far a reader is. */
export type Reader = NewReader & { createdAt: string; lag: ConsumerLag }

export type Readers = {
  /** Makes a reader; undefined where there is another of this name. @throws StoreUnavailable, StoreRefused, StoreFull */
  create: (reader: NewReader) => Promise<Reader | undefined>
  /** @throws StoreUnavailable */
  find: (name: string) => Promise<Reader | undefined>
  /** Every durable consumer with metadata, those of the system among them. @throws StoreUnavailable */
  list: () => Promise<Reader[]>
  /** Ends a reader, and what it is waiting for; @returns whether it was there. @throws StoreUnavailable */
  remove: (name: string) => Promise<boolean>
  /** When the oldest message that a reader has not acknowledged was stored. @throws StoreUnavailable */
  oldestOpen: (reader: Reader) => Promise<string | undefined>
  /** What is kept, and for how long: 0 is for good. @throws StoreUnavailable */
  kept: () => Promise<{ firstSequence: number; lastSequence: number; seconds: number }>
}

/** Error codes of nats-server's JetStream API (server/errors.json of its source). */
const [otherwiseThere, nameTaken] = [10148, 10013]

const codeOf = (error: unknown) =>
  error instanceof JetStreamApiError ? error.apiError().err_code : undefined

const timeout = 5000
/** How long a reader may work on a message before it is given out again, ms. */
const workMs = 30_000

/** The readers of one stream. */
export function openReaders(connection: NatsConnection, streamName: string): Readers {
  const asked = <T>(ask: (manager: JetStreamManager) => Promise<T>): Promise<T> =>
    answered(async () => ask(await jetstreamManager(connection, { checkAPI: false, timeout })))
  return {
    create: (reader) =>
      asked(async ({ consumers }) => {
        try {
          return readerIn(await consumers.add(streamName, configOf(reader)))
        } catch (error) {
          const code = codeOf(error)
          if (code === otherwiseThere || code === nameTaken) return undefined
          throw error
        }
      }),
    find: (name) =>
      asked(async (manager) => {
        const info = await consumerInfo(manager, streamName, name)
        return info && readerIn(info)
      }),
    list: async () => {
      const found: Reader[] = []
      const pages = await asked(async ({ consumers }) => consumers.list(streamName))
      for (;;) {
        const page = await answered(() => pages.next())
        if (page.length === 0) return found
        const durable = page.filter(({ config }) => config.durable_name && config.metadata)
        found.push(...durable.map(readerIn))
      }
    },
    remove: (name) => removeDurable(connection, streamName, name),
    oldestOpen: ({ filters, lag }) =>
      asked(async ({ direct }) => {
        const found = await Promise.all(
          filters.map((filter) =>
            direct.getMessage(streamName, { seq: lag.acknowledgedUpTo + 1, next_by_subj: filter }),
          ),
        )
        const [oldest] = found.filter((message) => message !== null).toSorted((a, b) => a.seq - b.seq)
        return oldest?.timestamp
      }),
    kept: () =>
      asked(async ({ streams }) => {
        const { config, state } = await streams.info(streamName)
        return {
          firstSequence: state.first_seq,
          lastSequence: state.last_seq,
          seconds: config.max_age / nanos(1000),
        }
      }),
  }
}

function configOf({ name, filters, from, metadata }: NewReader) {
  return {
    durable_name: name,
    filter_subjects: filters,
    ack_policy: 'explicit' as const,
    ack_wait: nanos(workMs),
    max_deliver: -1,
    deliver_policy: 'by_start_sequence' as const,
    opt_start_seq: from,
    // What one reader may keep the server busy with.
    max_ack_pending: 1000,
    max_waiting: 8,
    max_batch: 1000,
    metadata,
  }
}

function readerIn(info: ConsumerInfo): Reader {
  const { filter_subject, filter_subjects, opt_start_seq, metadata } = info.config
  return {
    name: info.name,
    filters: filter_subjects ?? (filter_subject ? [filter_subject] : ['>']),
    from: opt_start_seq ?? 1,
    metadata: metadata ?? {},
    createdAt: info.created,
    lag: lagIn(info),
  }
}

import type { AddressRules, WebhookStores } from '@pdf-smaller/endpoints'
import type { JobStore, Log, Metrics } from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Post } from './post.ts'
import type { Registry } from './registry.ts'
import type { Streaks } from './schedule.ts'
import type { Slots } from './slots.ts'
import type { Waiting } from './waiting.ts'

/** What the parts of the service work with. */
export type Parts = {
  connection: NatsConnection
  /** The events of jobs. */
  jobs: JobStore
  stores: WebhookStores
  /** That the secrets derive from. */
  key: Uint8Array
  log: Log
  metrics: Metrics
  clock: () => Date
  random: () => number
  /** Multiplies the waits before retries. */
  pace: number
  /** Of this process, in the log of attempts. */
  worker: string
  /** The address of the gateway. */
  base: string
  concurrency: number
  /** How long a message stays out before somebody else gets it, ms. */
  ackWaitMs: number
  post: Post
  registry: Registry
  slots: Slots
  streaks: Streaks
  waiting: Waiting
}

export type { AddressRules }

/** The `source` of the events that webhooks write. */
export const source = 'pdf-smaller/webhooks'

import { openWebhookStores, webhookKey, type WebhookStores } from '@pdf-smaller/endpoints'
import type { JobStore, Log, Metrics } from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import { followDue } from './due.ts'
import { keepFigures } from './figures.ts'
import { removeStale } from './lanes.ts'
import { type Resolve, systemResolve } from './lookup.ts'
import type { Parts } from './parts.ts'
import { openPost } from './post.ts'
import { followEndpoints, type Registry } from './registry.ts'
import { openStreaks } from './schedule.ts'
import type { WebhooksConfig } from './settings.ts'
import { openSlots } from './slots.ts'
import { openTraffic, type Traffic } from './traffic.ts'
import { openWaiting } from './waiting.ts'

export type WebhooksOptions = {
  config: WebhooksConfig
  connection: NatsConnection
  store: JobStore
  /** Opened where it is left out. */
  webhooks?: WebhookStores
  log: Log
  metrics: Metrics
  clock?: () => Date
  random?: () => number
  resolve?: Resolve
  /** How long a message that nobody acknowledges stays out, ms. */
  ackWaitMs?: number
  /** Messages of one endpoint that may wait for retries. */
  mostWaiting?: number
}

export type Webhooks = {
  /** Lets what is being sent be answered, and begins nothing more. */
  stop: () => Promise<void>
}

/** Beyond the receiver's time: looking up, writing down. */
const aroundMs = 15_000

/**
 * Sends events to the endpoints of webhooks, beside any number of other processes that do the same.
 * @throws ConfigError, LayoutRefused, StoreUnavailable
 */
export async function startWebhooks(options: WebhooksOptions): Promise<Webhooks> {
  const { config, connection, log, metrics } = options
  const stores = options.webhooks ?? (await openWebhookStores(connection))
  const timeoutMs = config.WEBHOOK_SECONDS * 1000
  const rules = { ports: new Set(config.WEBHOOK_PORTS), networks: config.WEBHOOK_NETWORKS }
  const post = openPost({ rules, timeoutMs, resolve: options.resolve ?? systemResolve })
  let traffic: Traffic | undefined
  // Those that are there already come before the traffic is open.
  const registry: Registry = followEndpoints(stores.endpoints, log, (endpoint) => traffic?.adapt(endpoint))
  const parts: Parts = {
    connection,
    jobs: options.store,
    stores,
    key: await webhookKey(config),
    log,
    metrics,
    clock: options.clock ?? (() => new Date()),
    random: options.random ?? Math.random,
    pace: config.RETRY_PACE,
    worker: config.WORKER_NAME,
    base: config.PUBLIC_URL?.replace(/\/+$/, '') ?? '',
    concurrency: config.WEBHOOK_CONCURRENCY,
    ackWaitMs: options.ackWaitMs ?? timeoutMs + aroundMs,
    post,
    registry,
    slots: openSlots(),
    streaks: openStreaks(),
    waiting: openWaiting(options.mostWaiting),
  }
  await registry.ready
  await removeStale(parts)
  traffic = openTraffic(parts)
  for (const endpoint of registry.all()) traffic.adapt(endpoint)
  const due = await followDue(parts)
  const endFigures = keepFigures(parts)
  const stop = async () => {
    endFigures()
    registry.stop()
    await Promise.all([traffic?.stop(), due.drain()])
    await post.close()
    if (!options.webhooks) stores.close()
  }
  return { stop }
}

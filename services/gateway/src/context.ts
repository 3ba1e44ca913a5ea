import type { Integrators, JobStore, Log, Metrics } from '@pdf-smaller/platform'
import type { ObjectStore } from '@pdf-smaller/object-store'
import type { WebhookStores } from '@pdf-smaller/endpoints'
import type { PageViews } from '@pdf-smaller/page-views'
import type { Task } from '@pdf-smaller/task'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KeyRing } from './access/key-ring.ts'
import type { StreamTokens } from './access/stream-tokens.ts'
import type { FrontDoor } from './http/front-door.ts'
import type { TenantLimits } from './intake/tenant-limits.ts'
import type { JobProjection } from './projection/port.ts'
import type { GatewayConfig } from './settings.ts'

export type GatewayOptions = {
  config: GatewayConfig
  /** Where it is reached. */
  door: FrontDoor
  log: Log
  metrics: Metrics
  store: JobStore
  projection: JobProjection
  objects: ObjectStore
  /** Those who read events outside of this system. */
  integrators: Integrators
  webhooks: WebhookStores
  catalogue: readonly Task[]
  /** Who may ask; without it anyone who reaches the gateway may. */
  keys?: KeyRing | undefined
  clock?: () => Date
  /** The folder of the built page, where it is not that of this checkout. */
  page?: string | undefined
}

/** What the routes work with. */
export type Context = Omit<GatewayOptions, 'catalogue' | 'clock' | 'door'> & {
  /** Draws pages, in hosts of its own. */
  pages: PageViews
  tasks: ReadonlyMap<string, Task>
  clock: () => Date
  /** Pages of these origins may use the API from a browser. */
  origins: ReadonlySet<string>
  /** Writes and reads the tokens that open streams of events. */
  tokens: StreamTokens
  /** The key that the secrets of webhooks derive from. */
  webhookKey: Uint8Array
  /** What each tenant may have here at once. */
  limits: TenantLimits
  /** Aborts when the gateway is being stopped: whoever waits or follows is let go. */
  closing: AbortSignal
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** The `source` of the events that the gateway writes. */
export const source = 'pdf-smaller/gateway'

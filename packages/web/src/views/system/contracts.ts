import type { HealthReport } from '@pdf-smaller/contracts'
import type {
  Activity as ActivityContract,
  EndedEventConsumer,
  EventConsumer as EventConsumerContract,
  KeyAnswer,
  OpenedEventConsumer,
  Redrive as RedriveContract,
  SystemHealth,
  WebhookView,
} from '@pdf-smaller/contracts/http'
import { partOf, z } from '../../api/parts.ts'

/** The parts of contracts that this view reads. */

const HealthStatus = z.enum(['healthy', 'degraded', 'unhealthy'])
export type HealthStatus = z.output<typeof HealthStatus>

const judged = { status: HealthStatus, issues: z.array(z.string()) }
export const Judged = z.object(judged)
export type Judged = z.output<typeof Judged>

const Disk = z.object({ host: z.string(), folder: z.string(), freeBytes: z.number(), bytes: z.number() })
export type Disk = z.output<typeof Disk>

const Instance = z.object({ service: z.string(), name: z.string(), at: z.string(), ended: z.boolean() })
export type Instance = z.output<typeof Instance>

const Report = partOf<HealthReport>()(
  z.object({
    at: z.string(),
    components: z.object({
      events: Judged,
      objects: Judged,
      engines: Judged,
      disk: z.object({ ...judged, folders: z.array(Disk) }),
      llm: z.optional(Judged),
      services: z.object({ ...judged, instances: z.array(Instance) }),
    }),
  }),
)
export type Report = z.output<typeof Report>

const Check = z.object({ ...judged, at: z.string() })
export type Check = z.output<typeof Check>

export const Health = partOf<SystemHealth>()(
  z.object({ ...judged, report: z.optional(Report), history: z.array(Check) }),
)
export type Health = z.output<typeof Health>

const Hour = z.object({
  at: z.string(),
  completed: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  open: z.number(),
  codes: z.record(z.string(), z.number()),
})
export type Hour = z.output<typeof Hour>

const Queue = z.object({ domain: z.string(), waiting: z.number(), out: z.number() })
export type Queue = z.output<typeof Queue>

export const Activity = partOf<ActivityContract>()(
  z.object({
    hours: z.array(Hour),
    queues: z.array(Queue),
    kept: z.object({
      completedDays: z.number(),
      failedDays: z.number(),
      cancelledDays: z.number(),
      uploadSeconds: z.number(),
      eventSeconds: z.optional(z.number()),
    }),
  }),
)
export type Activity = z.output<typeof Activity>

const RedrivenJob = z.object({
  id: z.string(),
  task: z.string(),
  code: z.optional(z.string()),
  failedAt: z.optional(z.string()),
  retriedAs: z.optional(z.string()),
  skipped: z.optional(z.enum(['files are gone', 'retried before', 'not allowed'])),
})
export type RedrivenJob = z.output<typeof RedrivenJob>

export const Redrive = partOf<RedriveContract>()(
  z.object({
    dryRun: z.boolean(),
    retried: z.number(),
    skipped: z.number(),
    more: z.boolean(),
    jobs: z.array(RedrivenJob),
  }),
)
export type Redrive = z.output<typeof Redrive>

const Key = z.object({
  id: z.string(),
  tenant: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.optional(z.string()),
})
export type Key = z.output<typeof Key>
export const Keys = partOf<{ keys: KeyAnswer[] }>()(z.object({ keys: z.array(Key) }))

const Webhook = z.object({
  id: z.string(),
  url: z.optional(z.string()),
  name: z.optional(z.string()),
  status: z.string(),
  failingSince: z.optional(z.string()),
})
export type Webhook = z.output<typeof Webhook>
export const Webhooks = partOf<{ webhooks: WebhookView[] }>()(z.object({ webhooks: z.array(Webhook) }))

/** A webhook that was made, or got another secret: that is told a single time. */
export const MadeWebhook = z.object({ secretKey: z.string() })

const Delivery = z.object({
  at: z.string(),
  messageId: z.string(),
  eventType: z.string(),
  sequence: z.optional(z.number()),
  jobId: z.optional(z.string()),
  attempt: z.number(),
  outcome: z.string(),
  status: z.optional(z.number()),
  ms: z.number(),
  error: z.optional(z.string()),
  nextAt: z.optional(z.string()),
})
export type Delivery = z.output<typeof Delivery>
export const Deliveries = z.object({ deliveries: z.array(Delivery), nextCursor: z.optional(z.string()) })
export const Sent = z.object({ messageId: z.string() })

const EventConsumer = z.object({
  tenant: z.string(),
  name: z.string(),
  lag: z.object({ waiting: z.number(), out: z.number(), pulls: z.number() }),
})
export type EventConsumer = z.output<typeof EventConsumer>
export const EventConsumers = partOf<{ consumers: EventConsumerContract[] }>()(
  z.object({ consumers: z.array(EventConsumer) }),
)

export const OpenedIntegrator = partOf<OpenedEventConsumer>()(
  z.object({
    consumer: z.object({ stream: z.string(), consumer: z.string() }),
    credentials: z.object({
      servers: z.array(z.string()),
      user: z.string(),
      password: z.optional(z.string()),
      inboxPrefix: z.string(),
    }),
    serverConfig: z.optional(z.object({ exports: z.string(), account: z.string() })),
  }),
)
export type OpenedIntegrator = z.output<typeof OpenedIntegrator>

export const EndedIntegrator = partOf<EndedEventConsumer>()(
  z.object({ accountToRemove: z.optional(z.string()) }),
)

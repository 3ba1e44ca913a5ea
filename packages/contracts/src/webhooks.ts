import { z } from 'zod'
import { eventData, type JobEventType } from './events.ts'
import { keysOf } from './failure.ts'
import { growing } from './growing.ts'
import { Token } from './ids.ts'
import { DisabledBecause } from './webhook-disabled.ts'

const sequence = z.int().positive()
const timestamp = z.iso.datetime()
const by = z.string().max(64)

/** The longest address of a receiver, characters. */
export const longestWebhookUrl = 2000

/** What an endpoint is told of where nothing else is said: how jobs end. */
export const usualWebhookTypes = [
  'pdfsmaller.job.completed.v1',
  'pdfsmaller.job.failed.v1',
  'pdfsmaller.job.cancelled.v1',
] as const satisfies readonly JobEventType[]

/** What an endpoint is told of. Lists that are left out pick everything. */
export const WebhookFilter = z.object({
  types: z
    .array(growing(z.enum(keysOf(eventData))))
    .min(1)
    .max(20),
  tasks: z.array(Token).min(1).max(20).optional(),
  tags: z.array(z.string().max(200)).min(1).max(20).optional(),
})
export type WebhookFilter = z.infer<typeof WebhookFilter>

/** A secret is known by its number, and by a print of it, which tells a wrong key from the right one. */
const SigningSecret = z.object({ number: z.int().positive(), print: z.string().max(32) })
export type SigningSecret = z.infer<typeof SigningSecret>

/** The data of each fact about an endpoint, by its type, which is the last token of its subject, too. */
const facts = {
  created: z.object({
    /** Absent of the endpoint of requests: each of its jobs names its own address. */
    url: z.string().optional(),
    name: z.string().optional(),
    filter: WebhookFilter,
    /** The sequence of the first event of the stream of jobs that it is told of. */
    from: sequence,
    by,
  }),
  changed: z.object({
    url: z.string().optional(),
    name: z.string().optional(),
    filter: WebhookFilter,
    by,
  }),
  secret: SigningSecret.extend({
    by,
    /** Signs as well, until then. */
    previous: SigningSecret.extend({ until: timestamp }).optional(),
  }),
  /** It is told again from a sequence on. */
  positioned: z.object({ from: sequence, by }),
  failing: z.object({ since: timestamp }),
  recovered: z.object({}),
  disabled: z.object({
    because: DisabledBecause,
    since: timestamp.optional(),
    by: by.optional(),
  }),
  /** It is told again, from the first event on that did not reach it. */
  resumed: z.object({ from: sequence, by }),
  deleted: z.object({ by }),
} as const

export type WebhookFactType = keyof typeof facts

const around = { id: z.string(), time: timestamp }
const fact = <T extends WebhookFactType>(type: T) =>
  z.object({ ...around, type: z.literal(type), data: facts[type] })

/** A fact about an endpoint, as it stands in the stream of webhooks: services read it, and nobody else. */
export const WebhookFact = z.discriminatedUnion('type', [
  fact('created'),
  fact('changed'),
  fact('secret'),
  fact('positioned'),
  fact('failing'),
  fact('recovered'),
  fact('disabled'),
  fact('resumed'),
  fact('deleted'),
])
export type WebhookFact = z.infer<typeof WebhookFact>

/** What is to be sent to an endpoint: now, where it stands as due, or when its schedule goes off. */
export const DueDelivery = z.object({
  ...around,
  type: z.literal('due'),
  /** The event's sequence in the stream of jobs; absent of a ping. */
  sequence: sequence.optional(),
  /** Of a ping. */
  messageId: z.string().optional(),
  /** Attempts made before. */
  attempts: z.int().nonnegative(),
  /** When the first attempt was made; absent before it. */
  firstAt: timestamp.optional(),
  /** Where the endpoint was told from when this was put aside: told again from before that, it gets it that way. */
  generation: z.int().nonnegative(),
  /** A person wants it: once, whatever the endpoint's state. */
  byHand: z.literal(true).optional(),
})
export type DueDelivery = z.infer<typeof DueDelivery>

/** The type of a message that only tries an endpoint. */
export const pingType = 'pdfsmaller.webhook.ping.v1'

export const DeliveryOutcome = growing(z.enum(['delivered', 'failed', 'given up']))

/** One attempt to send a message, as the log keeps it. */
export const WebhookAttempt = z.object({
  ...around,
  type: z.literal('made'),
  /** The `webhook-id`: the id of the event, the same in all attempts. */
  messageId: z.string(),
  eventType: z.string(),
  sequence: sequence.optional(),
  jobId: z.string().optional(),
  /** Scheme, host and port; paths may hold secrets. */
  origin: z.string(),
  /** Of this message the n-th, from 1. */
  attempt: z.int().positive(),
  outcome: DeliveryOutcome,
  /** The receiver's; absent where it gave no answer. */
  status: z.int().optional(),
  ms: z.int().nonnegative(),
  /** Why there was no answer. */
  error: z.string().max(500).optional(),
  /** How the answer begins. */
  answer: z.string().max(600).optional(),
  /** When it is tried again. */
  nextAt: timestamp.optional(),
  /** The process that made it. */
  worker: z.string(),
})
export type WebhookAttempt = z.infer<typeof WebhookAttempt>

export const DeliveryRecord = z.discriminatedUnion('type', [DueDelivery, WebhookAttempt])
export type DeliveryRecord = z.infer<typeof DeliveryRecord>

/** Where the facts about an endpoint stand. */
export function webhookStream(tenant: string, endpoint: string): string {
  return `webhook.${tenant}.${endpoint}`
}

/** Where a message to an endpoint stands that is due, and where it waits until it is. @param key a sequence, or the id of a ping */
export function dueDelivery(tenant: string, endpoint: string, key: string) {
  const place = `${tenant}.${endpoint}.${key}`
  return { stream: `delivery.${place}`, schedule: `delivery-later.${place}` }
}

/** Where the log of an endpoint stands. */
export function attemptLog(tenant: string, endpoint: string): string {
  return `attempts.${tenant}.${endpoint}`
}

/** The endpoint in the subject of what stands in the streams of webhooks. */
export function endpointIn(subject: string): { tenant: string; endpoint: string } | undefined {
  const [, tenant, endpoint] = subject.split('.')
  return tenant && endpoint ? { tenant, endpoint } : undefined
}

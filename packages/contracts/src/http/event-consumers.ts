import { z } from 'zod'
import { eventData, type JobEventType, phaseOf } from '../events.ts'
import { keysOf } from '../failure.ts'
import { Tenant, Token } from '../ids.ts'
import { EventTime } from './event-place.ts'
import type { Route } from './route.ts'
import { FollowedTenant } from './stream-tokens.ts'

const types = keysOf(eventData)

/** One or several; as a list. */
const oneOrMore = <T extends z.ZodType>(each: T) =>
  z
    .union([each, z.array(each).min(1).max(20)])
    .transform((given): z.output<T>[] => (Array.isArray(given) ? given : [given]))

/** The server chooses by subject, so types that share one come together: those of such that are not given. */
const besides = (given: readonly JobEventType[]) => {
  const phases = new Set(given.map((type) => phaseOf[type]))
  return types.filter((type) => phases.has(phaseOf[type]) && !given.includes(type))
}

const Types = oneOrMore(z.enum(types)).superRefine((given, context) => {
  const missing = besides(given)
  if (missing.length > 0)
    context.addIssue(`some share a subject with others, which have to be named too: ${missing.join(', ')}`)
})

/** Which events of its tenant a consumer gets; all of them where nothing is said. */
export const ConsumerFilters = z.strictObject({
  task: oneOrMore(Token).optional().describe('Only events of jobs of these tasks'),
  type: Types.optional().describe(
    'Only events of these types; completed, failed and cancelled come together, as the server chooses by subject',
  ),
})
export type ConsumerFilters = z.output<typeof ConsumerFilters>

/** Where a consumer begins: behind all that is stored, at a sequence, or at a time. */
export const ConsumerStart = z.union([z.literal('new'), z.int().nonnegative(), EventTime])
export type ConsumerStart = z.output<typeof ConsumerStart>

/** A durable pull consumer of an integrator, on the stream of events. */
export const EventConsumer = z.object({
  tenant: z.string(),
  /** Of its tenant's own. */
  name: z.string(),
  stream: z.string(),
  /** Its name in the stream, and that of the user whose credentials open it. */
  consumer: z.string(),
  filters: z.object({ task: z.array(z.string()).optional(), type: z.array(z.string()).optional() }),
  /** What it gets, as the server is told it. */
  subjects: z.array(z.string()),
  /** The first sequence that may come; it can be reset to any that is not before it. */
  startsAt: z.int(),
  createdAt: z.iso.datetime(),
  /** The id of the key that it was made with. */
  createdBy: z.string(),
  lag: z.object({
    /** Events that were never given out. */
    waiting: z.int(),
    /** Events that are given out and not acknowledged. */
    out: z.int(),
    redelivered: z.int(),
    deliveredUpTo: z.int(),
    acknowledgedUpTo: z.int(),
    /** Requests that wait for events: above 0 somebody is connected. */
    pulls: z.int(),
  }),
})
export type EventConsumer = z.infer<typeof EventConsumer>

/** What a user may publish and subscribe to, in the terms of nats-server. */
export const NatsPermissions = z.object({ publish: z.array(z.string()), subscribe: z.array(z.string()) })
export type NatsPermissions = z.infer<typeof NatsPermissions>

export const OpenedEventConsumer = z.object({
  consumer: EventConsumer,
  credentials: z.object({
    /** Addresses of nats-server. */
    servers: z.array(z.string()),
    user: z.string(),
    /** Told this once; a repeated request does not tell it again. */
    password: z.string().optional(),
    /** Answers come under it: clients are to be told so, as others are not allowed. */
    inboxPrefix: z.string(),
  }),
  permissions: NatsPermissions,
  /** What a nats-server of one's own needs in its block `accounts`; absent where this system has its own and has set it up. */
  serverConfig: z
    .object({
      /** Of the account that the services are in; the same for all integrators. */
      exports: z.string(),
      /** The account of this one. */
      account: z.string(),
    })
    .optional(),
})
export type OpenedEventConsumer = z.infer<typeof OpenedEventConsumer>

const managing = { access: 'admin', tag: 'Events' } as const
const ofTenant = 'Another tenant than that of the key; for keys that have the scope `admin` and `allTenants`'

export const createEventConsumer = {
  ...managing,
  id: 'createEventConsumer',
  method: 'POST',
  path: '/api/event-consumers',
  summary: 'Let an integrator read events from NATS',
  description:
    'Makes a durable pull consumer and the credentials that open it and nothing else. The password is told in this answer ' +
    'alone. A request that is repeated under its Idempotency-Key gets the same consumer, without the password; where the ' +
    'first answer was lost, delete the consumer and make it again.',
  headers: z.looseObject({ 'idempotency-key': z.string().optional() }),
  body: z.strictObject({
    name: Token.describe('Of its own within the tenant: letters, digits, _ and -'),
    tenant: Tenant.optional().describe(ofTenant),
    filters: ConsumerFilters.default({}),
    from: ConsumerStart.default('new').describe(
      'The first sequence that may come, 0 for all that are kept; a time or a day (UTC); or `new` for what is stored from now on',
    ),
  }),
  answers: {
    200: {
      description: 'An earlier request under this Idempotency-Key has made it',
      schema: OpenedEventConsumer,
    },
    201: { description: 'The consumer, and its credentials', schema: OpenedEventConsumer },
  },
  endings: [
    'events_unavailable',
    'events_full',
    'unknown_task',
    'position_lost',
    'event_consumer_exists',
    'too_many_event_consumers',
    'idempotency_conflict',
  ],
} as const satisfies Route

export const listEventConsumers = {
  ...managing,
  id: 'listEventConsumers',
  method: 'GET',
  path: '/api/event-consumers',
  summary: 'The consumers of integrators, and how far each is',
  description: 'Of the tenant of the key, by their names.',
  querystring: z.strictObject({
    tenant: FollowedTenant.optional().describe(`${ofTenant}; \`*\` for all`),
  }),
  answers: {
    200: { description: 'The consumers', schema: z.object({ consumers: z.array(EventConsumer) }) },
  },
  endings: ['events_unavailable'],
} as const satisfies Route

/** What ended with a consumer. */
export const EndedEventConsumer = z.object({
  tenant: z.string(),
  name: z.string(),
  /** With a nats-server of one's own: the account that has to be taken out of its configuration; it opens nothing any more but what happens live. */
  accountToRemove: z.string().optional(),
})
export type EndedEventConsumer = z.infer<typeof EndedEventConsumer>

export const deleteEventConsumer = {
  ...managing,
  id: 'deleteEventConsumer',
  method: 'DELETE',
  path: '/api/event-consumers/:name',
  summary: 'End the consumer and the credentials of an integrator',
  description:
    'At once: whoever is connected with them is cut off. Events stay; its place among them is gone.',
  params: z.object({ name: Token.describe('The name of the consumer') }),
  querystring: z.strictObject({ tenant: Tenant.optional().describe(ofTenant) }),
  answers: { 200: { description: 'It has ended', schema: EndedEventConsumer } },
  endings: ['events_unavailable', 'unknown_event_consumer'],
} as const satisfies Route

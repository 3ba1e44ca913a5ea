import { z } from 'zod'
import { growing } from '../growing.ts'
import { DisabledBecause } from '../webhook-disabled.ts'
import { longestWebhookUrl, usualWebhookTypes, WebhookFilter } from '../webhooks.ts'
import { anAppend } from './endings.ts'
import { EventTime } from './event-place.ts'
import type { Route } from './route.ts'

/** Those that change endpoints. */
export const managing = { access: 'admin', tag: 'Webhooks' } as const
export const WebhookParams = z.object({ id: z.string().describe('The id of the webhook') })

const url = z
  .url()
  .max(longestWebhookUrl)
  .optional()
  .describe(
    'Where events are sent to. Left out, it is the webhook of requests, of which a tenant has one: it sends to the ' +
      '`webhook` of each job',
  )
const name = z.string().max(200).optional().describe('A word of your own')
const filter = {
  types: WebhookFilter.shape.types
    .default([...usualWebhookTypes])
    .describe('Types of events; how jobs end where it is left out'),
  tasks: WebhookFilter.shape.tasks.describe('Only jobs of these tasks'),
  tags: WebhookFilter.shape.tags.describe('Only jobs with one of these tags'),
}
/** A place in the stream of jobs. */
export const WebhookFrom = z.union([z.int().nonnegative(), EventTime])

export const WebhookBody = z.strictObject({ url, name, ...filter })
export type WebhookBody = z.infer<typeof WebhookBody>

/** An endpoint as the API tells of it; its secret is told once, when it is made. */
export const WebhookView = z.object({
  id: z.string(),
  /** Absent of the webhook of requests. */
  url: z.string().optional(),
  name: z.string().optional(),
  types: WebhookFilter.shape.types,
  tasks: WebhookFilter.shape.tasks,
  tags: WebhookFilter.shape.tags,
  /** `failing`: nothing new is sent until one of the messages that wait is taken. */
  status: growing(z.enum(['enabled', 'failing', 'disabled'])),
  /** Since when no attempt has succeeded. */
  failingSince: z.iso.datetime().optional(),
  disabled: z
    .object({ at: z.iso.datetime(), because: DisabledBecause, by: z.string().optional() })
    .optional(),
  secret: z.object({
    /** It counts up with each rotation. */
    number: z.int().positive(),
    /** Until then the secret before this one signs, too. */
    previousUntil: z.iso.datetime().optional(),
  }),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
})
export type WebhookView = z.infer<typeof WebhookView>

/** An endpoint, and how far it is. */
export const WebhookAnswer = WebhookView.extend({
  position: z
    .object({
      /** Every event up to this sequence was sent, or waits for a retry of its own. */
      after: z.int().nonnegative(),
      /** Events behind it that may be meant for it. */
      waiting: z.int().nonnegative(),
    })
    .optional(),
})

const secret = z.string().describe('`whsec_…`, as Standard Webhooks 1.0 has it. It is shown this once')

export const createWebhook = {
  ...managing,
  id: 'createWebhook',
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Have events sent to an address',
  description:
    'Each event is sent by POST, signed as Standard Webhooks 1.0 says (`webhook-id`, `webhook-timestamp`, ' +
    '`webhook-signature`), until the receiver answers 2xx: for five days. It comes at least once, in no promised order.',
  body: WebhookBody.extend({
    from: WebhookFrom.optional().describe(
      'Begin at this sequence of the stream, 0 for all that are kept, or at a time or a day (UTC); without it with what happens next',
    ),
  }),
  answers: {
    201: { description: 'The webhook, and its secret', schema: WebhookView.extend({ secretKey: secret }) },
  },
  endings: [...anAppend, 'refused_address', 'webhook_exists', 'too_many_webhooks'],
} as const satisfies Route

export const listWebhooks = {
  id: 'listWebhooks',
  method: 'GET',
  path: '/api/webhooks',
  access: 'read',
  tag: 'Webhooks',
  summary: 'The webhooks of the tenant',
  description: 'The oldest first.',
  answers: {
    200: { description: 'All of them', schema: z.object({ webhooks: z.array(WebhookView) }) },
  },
  endings: ['events_unavailable'],
} as const satisfies Route

/** Changing what is there. */
export const knownWebhook = [...anAppend, 'unknown_webhook'] as const

export const getWebhook = {
  id: 'getWebhook',
  method: 'GET',
  path: '/api/webhooks/:id',
  access: 'read',
  tag: 'Webhooks',
  summary: 'A webhook',
  description: 'What it is told of, how it is, and how far it is.',
  params: WebhookParams,
  answers: { 200: { description: 'The webhook', schema: WebhookAnswer } },
  endings: ['events_unavailable', 'unknown_webhook'],
} as const satisfies Route

export const changeWebhook = {
  ...managing,
  id: 'changeWebhook',
  method: 'PUT',
  path: '/api/webhooks/:id',
  summary: 'Change what a webhook is told, and where',
  description:
    'All of it is said anew; what is left out is as of a new one. Secret and place stay. The webhook of requests cannot get a url.',
  params: WebhookParams,
  body: WebhookBody,
  answers: { 200: { description: 'The webhook', schema: WebhookView } },
  endings: [...knownWebhook, 'refused_address'],
} as const satisfies Route

export const deleteWebhook = {
  ...managing,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/webhooks/:id',
  summary: 'Delete a webhook',
  description: 'Nothing is sent any more, and what waited is dropped.',
  params: WebhookParams,
  answers: { 204: { description: 'It is gone' } },
  endings: knownWebhook,
} as const satisfies Route

export const rotateWebhookSecret = {
  ...managing,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/webhooks/:id/rotate',
  summary: 'Get a new secret',
  description: 'For a while the old one signs as well, so that receivers can be changed one after the other.',
  params: WebhookParams,
  body: z
    .strictObject({
      overlapSeconds: z
        .int()
        .min(0)
        .max(604_800)
        .default(86_400)
        .describe('How long the old secret signs as well; 0 where it is known to others'),
    })
    .nullish(),
  answers: {
    200: {
      description: 'The webhook, and its new secret',
      schema: WebhookView.extend({ secretKey: secret }),
    },
  },
  endings: knownWebhook,
} as const satisfies Route

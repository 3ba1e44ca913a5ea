import { z } from 'zod'
import { WebhookAttempt } from '../webhooks.ts'
import { Cursor } from './job.ts'
import type { Route } from './route.ts'
import { knownWebhook, managing, WebhookFrom, WebhookParams, WebhookView } from './webhooks.ts'

export const pingWebhook = {
  ...managing,
  id: 'pingWebhook',
  method: 'POST',
  path: '/api/webhooks/:id/ping',
  summary: 'Send a message that only tries the webhook',
  description:
    'Once, without retries, also to one that is disabled; what came of it stands in the deliveries. The webhook of requests ' +
    'has no address of its own to try.',
  params: WebhookParams,
  answers: {
    202: { description: 'It is sent', schema: z.object({ messageId: z.string() }) },
  },
  endings: knownWebhook,
} as const satisfies Route

export const disableWebhook = {
  ...managing,
  id: 'disableWebhook',
  method: 'POST',
  path: '/api/webhooks/:id/disable',
  summary: 'Send nothing for now',
  description: 'Its place is kept.',
  params: WebhookParams,
  answers: { 200: { description: 'The webhook', schema: WebhookView } },
  endings: knownWebhook,
} as const satisfies Route

export const resumeWebhook = {
  ...managing,
  id: 'resumeWebhook',
  method: 'POST',
  path: '/api/webhooks/:id/resume',
  summary: 'Send again',
  description:
    'From the first event on that did not reach it: all that happened meanwhile is sent. Later events that had reached ' +
    'it come again, with the same `webhook-id`.',
  params: WebhookParams,
  answers: { 200: { description: 'The webhook', schema: WebhookView } },
  endings: knownWebhook,
} as const satisfies Route

export const backfillWebhook = {
  ...managing,
  id: 'backfillWebhook',
  method: 'POST',
  path: '/api/webhooks/:id/backfill',
  summary: 'Send all events again from a place in the stream on',
  description:
    'What was sent before comes again with the same `webhook-id`. What lies before the place and waits for a retry keeps it.',
  params: WebhookParams,
  body: z.strictObject({
    from: WebhookFrom.describe('The first sequence, 0 for all that are kept; or a time or a day (UTC)'),
  }),
  answers: { 200: { description: 'The webhook', schema: WebhookView } },
  endings: knownWebhook,
} as const satisfies Route

/** An attempt as the API tells of it. */
export const DeliveryView = WebhookAttempt.omit({ id: true, type: true, time: true }).extend({
  at: z.iso.datetime(),
})

export const listDeliveries = {
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/webhooks/:id/deliveries',
  access: 'read',
  tag: 'Webhooks',
  summary: 'The attempts to send messages, the newest first',
  description: 'The newest 1,000 of a webhook are kept, for 30 days.',
  params: WebhookParams,
  querystring: z.strictObject({
    outcome: z.enum(['delivered', 'failed', 'given up']).optional(),
    messageId: z.string().max(100).optional().describe('Only attempts to send this message'),
    limit: z.coerce.number<string>().int().min(1).max(200).default(50),
    cursor: Cursor.optional().describe('`nextCursor` of the page before'),
  }),
  answers: {
    200: {
      description: 'A page of attempts',
      schema: z.object({
        deliveries: z.array(DeliveryView),
        /** Send it as `cursor` for the next page; absent on the last. */
        nextCursor: z.string().optional(),
      }),
    },
  },
  endings: ['events_unavailable', 'unknown_webhook'],
} as const satisfies Route

export const redeliver = {
  ...managing,
  id: 'redeliver',
  method: 'POST',
  path: '/api/webhooks/:id/deliveries/:sequence/redeliver',
  summary: 'Send one event again, now',
  description:
    'Any event of a job of the tenant, by its sequence in the stream, whether or not the filters pick it.',
  params: WebhookParams.extend({ sequence: z.coerce.number<string>().int().positive() }),
  answers: { 202: { description: 'It is sent', schema: z.object({ messageId: z.string() }) } },
  endings: [...knownWebhook, 'unknown_event'],
} as const satisfies Route

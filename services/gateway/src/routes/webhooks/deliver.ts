import { isJobEvent, jobAddress, JobFailure } from '@pdf-smaller/contracts'
import {
  backfillWebhook,
  disableWebhook,
  listDeliveries,
  pingWebhook,
  redeliver,
  resumeWebhook,
} from '@pdf-smaller/contracts/http'
import { sendNow } from '@pdf-smaller/endpoints'
import { UnreadableEvent } from '@pdf-smaller/eventstore'
import { uuidv7 } from 'uuidv7'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { readCursor, writeCursor } from '../../jobs/cursor.ts'
import { attemptsOf } from '../../webhooks/deliveries.ts'
import { firstMissed, firstSequence } from '../../webhooks/place.ts'
import { deliveryView, webhookView } from '../../webhooks/view.ts'
import { changeWebhookBy, findWebhook } from './find.ts'

/** What endpoints are sent: stopped, begun again, tried, and told of. */
export function webhookDeliveries(app: App, context: Context): void {
  places(app, context)
  sending(app, context)
  log(app, context)
}

function places(app: App, context: Context): void {
  const { clock } = context
  serve(app, disableWebhook, async (request, reply) => {
    const { caller, params } = request
    const endpoint = await changeWebhookBy(context, caller.tenant, params.id, ({ disabled }) =>
      disabled ? undefined : { type: 'disabled', data: { because: 'by hand', by: caller.id } },
    )
    void reply.send(webhookView(endpoint, clock()))
  })
  serve(app, resumeWebhook, async (request, reply) => {
    const { caller, params } = request
    const known = await findWebhook(context, caller.tenant, params.id)
    const from = await firstMissed(context, known)
    const endpoint = await changeWebhookBy(context, caller.tenant, params.id, (now) => {
      const isWanted = now.disabled !== undefined || now.failingSince !== undefined
      if (!isWanted || now.generation !== known.generation) return undefined
      return { type: 'resumed', data: { from, by: caller.id } }
    })
    void reply.send(webhookView(endpoint, clock()))
  })
  serve(app, backfillWebhook, async (request, reply) => {
    const { caller, params, body } = request
    const from = await firstSequence(context, caller.tenant, body.from)
    const endpoint = await changeWebhookBy(context, caller.tenant, params.id, () => ({
      type: 'positioned',
      data: { from, by: caller.id },
    }))
    void reply.send(webhookView(endpoint, clock()))
  })
}

function sending(app: App, context: Context): void {
  const { webhooks, store } = context
  serve(app, pingWebhook, async (request, reply) => {
    const endpoint = await findWebhook(context, request.caller.tenant, request.params.id)
    if (endpoint.url === undefined)
      throw new JobFailure('invalid_request', 'the webhook of requests has no address of its own')
    const messageId = uuidv7()
    const due = { messageId, attempts: 0, generation: endpoint.generation, byHand: true as const }
    await webhooks.deliveries.append([sendNow(endpoint, messageId, due)])
    void reply.code(202).send({ messageId })
  })
  serve(app, redeliver, async (request, reply) => {
    const { caller, params } = request
    const { sequence } = params
    const endpoint = await findWebhook(context, caller.tenant, params.id)
    const messageId = await idOfEvent(store, caller.tenant, sequence)
    const due = { sequence, attempts: 0, generation: endpoint.generation, byHand: true as const }
    await webhooks.deliveries.append([sendNow(endpoint, String(sequence), due)])
    void reply.code(202).send({ messageId })
  })
}

/** @throws JobFailure unknown_event for what is no event of a job of the tenant; StoreUnavailable */
async function idOfEvent(store: Context['store'], tenant: string, sequence: number): Promise<string> {
  const found = await store.readAt(sequence).catch((error: unknown) => {
    if (error instanceof UnreadableEvent) return undefined
    throw error
  })
  if (!found || !isJobEvent(found.event) || jobAddress(found.subject)?.tenant !== tenant)
    throw new JobFailure('unknown_event')
  return found.event.id
}

function log(app: App, context: Context): void {
  serve(app, listDeliveries, async (request, reply) => {
    const { cursor, ...asked } = request.query
    const endpoint = await findWebhook(context, request.caller.tenant, request.params.id)
    const before = cursor === undefined ? undefined : readCursor(cursor)
    const { attempts, nextBefore } = await attemptsOf(context.webhooks.deliveries, endpoint, {
      ...asked,
      before,
    })
    void reply.send({
      deliveries: attempts.map(deliveryView),
      ...(nextBefore === undefined ? {} : { nextCursor: writeCursor(nextBefore) }),
    })
  })
}

import { JobFailure } from '@pdf-smaller/contracts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateWebhookSecret,
  type WebhookBody,
} from '@pdf-smaller/contracts/http'
import {
  createEndpoint,
  type Endpoint,
  endpointsOfTenant,
  secretOf,
  shownSecret,
  signingSecret,
} from '@pdf-smaller/endpoints'
import { uuidv7 } from 'uuidv7'
import type { App, Context } from '../../context.ts'
import { serve } from '../../http/serve.ts'
import { assertAddress } from '../../webhooks/addresses.ts'
import { firstSequence, placeOf } from '../../webhooks/place.ts'
import { webhookView } from '../../webhooks/view.ts'
import { changeWebhookBy, findWebhook } from './find.ts'

/** Endpoints: made, told of, changed, deleted. */
export function manageWebhooks(app: App, context: Context): void {
  creation(app, context)
  reading(app, context)
  changes(app, context)
  rotation(app, context)
}

function creation(app: App, context: Context): void {
  const { config, webhooks, clock } = context
  serve(app, createWebhook, async (request, reply) => {
    const { tenant, id: by } = request.caller
    const { from: given, ...body } = request.body
    if (body.url !== undefined) assertAddress(config, body.url)
    const from = await firstSequence(context, tenant, given)
    const id = uuidv7()
    const endpoint = await createEndpoint(
      webhooks.endpoints,
      { tenant, id },
      [
        { type: 'created', data: { ...toldOf(body), from, by } },
        { type: 'secret', data: { ...signingSecret(context.webhookKey, id, 1), by } },
      ],
      (others) => admit(others, body, config.WEBHOOK_ENDPOINTS),
    )
    void reply.code(201).header('cache-control', 'no-store').send(withSecret(endpoint))
  })
  const withSecret = (endpoint: Endpoint) => ({
    ...webhookView(endpoint, clock()),
    secretKey: shownSecret(secretOf(context.webhookKey, endpoint.id, endpoint.secret.number)),
  })
}

/** @throws JobFailure webhook_exists, too_many_webhooks */
function admit(others: readonly Endpoint[], { url }: WebhookBody, most: number): void {
  const twin = url === undefined ? others.find((other) => other.url === undefined) : undefined
  if (twin) throw new JobFailure('webhook_exists', twin.id)
  if (others.length >= most) throw new JobFailure('too_many_webhooks', `it has ${others.length}`)
}

function toldOf({ url, name, ...filter }: WebhookBody) {
  return {
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
    filter,
  }
}

function reading(app: App, context: Context): void {
  const { webhooks, clock } = context
  serve(app, listWebhooks, async (request, reply) => {
    const { endpoints } = await endpointsOfTenant(webhooks.endpoints, request.caller.tenant)
    void reply.send({ webhooks: endpoints.map((endpoint) => webhookView(endpoint, clock())) })
  })
  serve(app, getWebhook, async (request, reply) => {
    const endpoint = await findWebhook(context, request.caller.tenant, request.params.id)
    const position = await placeOf(context, endpoint)
    void reply.send({ ...webhookView(endpoint, clock()), ...(position ? { position } : {}) })
  })
}

function changes(app: App, context: Context): void {
  const { config, clock } = context
  serve(app, changeWebhook, async (request, reply) => {
    const { caller, params, body } = request
    if (body.url !== undefined) assertAddress(config, body.url)
    const endpoint = await changeWebhookBy(context, caller.tenant, params.id, ({ url }) => {
      if ((url === undefined) !== (body.url === undefined))
        throw new JobFailure(
          'invalid_request',
          url === undefined ? 'the webhook of requests has no url' : 'the url is missing',
        )
      return { type: 'changed', data: { ...toldOf(body), by: caller.id } }
    })
    void reply.send(webhookView(endpoint, clock()))
  })
  serve(app, deleteWebhook, async (request, reply) => {
    const { caller, params } = request
    await changeWebhookBy(context, caller.tenant, params.id, () => ({
      type: 'deleted',
      data: { by: caller.id },
    }))
    void reply.code(204).send()
  })
}

/** How long the old secret signs as well, s. */
const usualOverlap = 86_400

function rotation(app: App, context: Context): void {
  const { webhookKey: key, clock } = context
  serve(app, rotateWebhookSecret, async (request, reply) => {
    const { caller, params, body } = request
    const until = new Date(clock().getTime() + (body?.overlapSeconds ?? usualOverlap) * 1000)
    const endpoint = await changeWebhookBy(context, caller.tenant, params.id, ({ id, secret }) => {
      const { number, print } = secret
      const previous = { number, print, until: until.toISOString() }
      return { type: 'secret', data: { ...signingSecret(key, id, number + 1), previous, by: caller.id } }
    })
    const secretKey = shownSecret(secretOf(key, endpoint.id, endpoint.secret.number))
    void reply.header('cache-control', 'no-store').send({ ...webhookView(endpoint, clock()), secretKey })
  })
}

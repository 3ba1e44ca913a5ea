import {
  backfillWebhook,
  changeWebhook,
  createWebhook,
  deleteWebhook,
  type DeliveryView,
  disableWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  redeliver,
  resumeWebhook,
  rotateWebhookSecret,
  type WebhookAnswer,
  type WebhookView,
} from '@pdf-smaller/contracts/http'
import type { z } from 'zod'
import type { Http } from './http.ts'

/** What a webhook is to be told, and where. */
export type WebhookGiven = z.input<typeof changeWebhook.body>
export type NewWebhook = z.input<typeof createWebhook.body>
export type Webhook = z.infer<typeof WebhookView>
export type Delivery = z.infer<typeof DeliveryView>

type Asked = { signal?: AbortSignal | undefined }

/** The webhooks of the tenant. What changes them needs a key with the scope `admin`. */
export type Webhooks = {
  /** Its secret is told this once. */
  create: (webhook: NewWebhook, asked?: Asked) => Promise<Webhook & { secretKey: string }>
  list: (asked?: Asked) => Promise<Webhook[]>
  get: (id: string, asked?: Asked) => Promise<z.infer<typeof WebhookAnswer>>
  /** All of it is said anew; secret and place stay. */
  change: (id: string, webhook: WebhookGiven, asked?: Asked) => Promise<Webhook>
  delete: (id: string, asked?: Asked) => Promise<void>
  /** @param asked.overlapSeconds how long the old secret signs as well */
  rotate: (
    id: string,
    asked?: Asked & { overlapSeconds?: number | undefined },
  ) => Promise<Webhook & { secretKey: string }>
  ping: (id: string, asked?: Asked) => Promise<{ messageId: string }>
  disable: (id: string, asked?: Asked) => Promise<Webhook>
  resume: (id: string, asked?: Asked) => Promise<Webhook>
  /** @param from the first sequence, or a time */
  backfill: (id: string, from: number | Date, asked?: Asked) => Promise<Webhook>
  /** The attempts to send messages, the newest first, page by page. */
  deliveries: (
    id: string,
    filter?: Asked & {
      outcome?: Delivery['outcome'] | undefined
      messageId?: string | undefined
      pageSize?: number
    },
  ) => AsyncGenerator<Delivery>
  redeliver: (id: string, sequence: number, asked?: Asked) => Promise<{ messageId: string }>
}

export function webhooks(http: Http): Webhooks {
  const { read } = http
  return {
    create: (json, asked = {}) => read(createWebhook, { json, ...asked }),
    list: async (asked = {}) => (await read(listWebhooks, asked)).webhooks,
    get: (id, asked = {}) => read(getWebhook, { params: { id }, ...asked }),
    change: (id, json, asked = {}) => read(changeWebhook, { params: { id }, json, ...asked }),
    delete: async (id, asked = {}) => void (await http.request(deleteWebhook, { params: { id }, ...asked })),
    rotate: (id, { overlapSeconds, signal } = {}) =>
      read(rotateWebhookSecret, {
        params: { id },
        json: overlapSeconds === undefined ? {} : { overlapSeconds },
        signal,
      }),
    ping: (id, asked = {}) => read(pingWebhook, { params: { id }, ...asked }),
    disable: (id, asked = {}) => read(disableWebhook, { params: { id }, ...asked }),
    resume: (id, asked = {}) => read(resumeWebhook, { params: { id }, ...asked }),
    backfill: (id, from, asked = {}) =>
      read(backfillWebhook, {
        params: { id },
        json: { from: from instanceof Date ? from.toISOString() : from },
        ...asked,
      }),
    deliveries: async function* (id, { outcome, messageId, pageSize, signal } = {}) {
      const query: Record<string, string> = {
        ...(outcome && { outcome }),
        ...(messageId && { messageId }),
        ...(pageSize && { limit: String(pageSize) }),
      }
      for (;;) {
        const page = await read(listDeliveries, { params: { id }, query, signal })
        yield* page.deliveries
        if (page.nextCursor === undefined) return
        query['cursor'] = page.nextCursor
      }
    },
    redeliver: (id, sequence, asked = {}) =>
      read(redeliver, { params: { id, sequence: String(sequence) }, ...asked }),
  }
}

import { WebhookDisabled } from '@pdf-smaller/contracts'
import { complete, type Harness, jobIn, openHarness, post, until } from '@pdf-smaller/gateway/testing/harness'
import { loadConfig, openJobStore, openLog, openMetrics } from '@pdf-smaller/platform'
import { z } from 'zod'
import { startWebhooks, type Webhooks, type WebhooksOptions } from '../src/service.ts'
import { webhooksSettings } from '../src/settings.ts'
import { type Receiver, startReceiver } from './receiver.ts'

const loopback = { PDF_SMALLER_WEBHOOK_NETWORKS: '127.0.0.0/8' }

const Hook = z.looseObject({
  id: z.string(),
  secretKey: z.string().default(''),
  status: z.string(),
  failingSince: z.string().optional(),
  position: z.object({ after: z.int(), waiting: z.int() }).optional(),
})
const Deliveries = z.object({
  deliveries: z.array(
    z.looseObject({
      messageId: z.string(),
      outcome: z.string(),
      attempt: z.number(),
      status: z.number().optional(),
      sequence: z.number().optional(),
      nextAt: z.string().optional(),
      error: z.string().optional(),
      answer: z.string().optional(),
    }),
  ),
  nextCursor: z.string().optional(),
})

/** A gateway, and as many services of webhooks as are started. */
export type Webhooking = Awaited<ReturnType<typeof openWebhooking>>

export async function openWebhooking() {
  const gateway: Harness = await openHarness({ env: loopback })
  const services: Webhooks[] = []
  const receivers: Receiver[] = []
  const config = loadConfig(webhooksSettings, {
    ...loopback,
    PDF_SMALLER_DATA_DIR: gateway.folder,
    PDF_SMALLER_NATS_URL: gateway.server.url,
    PDF_SMALLER_LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    PDF_SMALLER_PUBLIC_URL: 'https://pdf.example',
    // No answer is given up for want of time, which a busy machine takes.
    PDF_SMALLER_WEBHOOK_SECONDS: '60',
  })
  const log = openLog(config, 'test')
  const at = (path: string) => `${gateway.url}/api/webhooks${path}`
  const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json()
  const ask = async (id: string, what: string, body?: unknown) =>
    Hook.parse(await json(post(at(`/${id}/${what}`), body)))
  return {
    gateway,
    config,
    /** Starts a service with a connection of its own. */
    start: async (over: Partial<WebhooksOptions> = {}) => {
      const connection = await gateway.server.connect()
      const store = await openJobStore(connection, { log })
      const metrics = openMetrics()
      const service = await startWebhooks({ config, connection, store, log, metrics, ...over })
      services.push(service)
      /** As if its process had ended. */
      const kill = async () => {
        services.splice(services.indexOf(service), 1)
        await connection.close()
        void service.stop().catch(() => {})
      }
      const stop = async () => {
        services.splice(services.indexOf(service), 1)
        await service.stop()
      }
      return { kill, stop, metrics }
    },
    receiver: async (as?: Parameters<typeof startReceiver>[0]) => {
      const receiver = await startReceiver(as)
      receivers.push(receiver)
      return receiver
    },
    make: async (body: object) => Hook.parse(await json(post(at(''), body))),
    ask,
    get: async (id: string) => Hook.parse(await json(fetch(at(`/${id}`)))),
    remove: async (id: string) => void (await fetch(at(`/${id}`), { method: 'DELETE' })),
    deliveries: async (id: string, query = '') =>
      Deliveries.parse(await json(fetch(at(`/${id}/deliveries${query}`)))),
    /** A job that is done. */
    done: async (body: object = {}, files: Record<string, string> = {}) => {
      const job = await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, body))
      return complete(gateway, job, files)
    },
    /** What the tenant is told of endpoints that are disabled. */
    disabledEvents: async () => {
      const found: WebhookDisabled[] = []
      for await (const { event } of gateway.store.scan(['pdf.default.webhooks.>'])) {
        const parsed = WebhookDisabled.safeParse(event)
        if (parsed.success) found.push(parsed.data)
      }
      return found
    },
    until,
    close: async () => {
      await Promise.all(services.map((service) => service.stop()))
      await gateway.close()
      await Promise.all(receivers.map((receiver) => receiver.kill()))
    },
  }
}

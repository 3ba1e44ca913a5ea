import { DeliveryRecord, streams, WebhookFact } from '@pdf-smaller/contracts'
import { type EventStore, openEventStore } from '@pdf-smaller/eventstore'
import { neededStream } from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'

/** The facts about endpoints. */
export type EndpointStore = EventStore<WebhookFact>
/** Messages that are due, or wait for their time, and the log of attempts. */
export type DeliveryStore = EventStore<DeliveryRecord>

export type WebhookStores = { endpoints: EndpointStore; deliveries: DeliveryStore; close: () => void }

/**
 * Opens what gateway and webhooks share, on the streams that the step of the deployment has made.
 * @throws LayoutRefused, ServerTooOld, StoreUnavailable
 */
export async function openWebhookStores(connection: NatsConnection): Promise<WebhookStores> {
  const [endpoints, deliveries] = await Promise.all([
    openEventStore<WebhookFact>({
      connection,
      layout: neededStream(streams.webhooks),
      decode: (json) => WebhookFact.parse(json),
    }),
    openEventStore<DeliveryRecord>({
      connection,
      layout: neededStream(streams.deliveries),
      decode: (json) => DeliveryRecord.parse(json),
    }),
  ])
  const close = () => {
    endpoints.close()
    deliveries.close()
  }
  return { endpoints, deliveries, close }
}

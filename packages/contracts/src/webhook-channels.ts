import type { Channel, ChannelConsumer } from './channel.ts'
import { deliveryLogDays, streams } from './streams.ts'

const day = 86_400

/** Who gives out the messages to webhooks that are due: retries, and what somebody wants to be sent. */
export const dueDeliveryConsumer: ChannelConsumer = {
  name: 'webhooks',
  filters: ['delivery.*.*.*.due'],
  waits: [60, 120, 300],
}

/** The streams of webhooks; what stands in them is for services alone. */
export const webhookChannels: readonly Channel[] = [
  {
    stream: streams.webhooks,
    holds: 'the endpoints of webhooks: where events are sent to, and which; no secrets',
    subjects: ['webhook.>'],
    storage: 'file',
    newestOnly: false,
    mostOfEach: 20,
    appended: true,
    expendable: false,
    replay: true,
    writers: ['gateway', 'webhooks'],
    readers: ['gateway', 'webhooks'],
    headers: [],
    consumers: [],
    madeBy: 'step',
  },
  {
    stream: streams.deliveries,
    holds: 'messages to webhooks that are due or wait for their time, and the log of attempts',
    subjects: ['delivery.>', 'delivery-later.>', 'attempts.>'],
    storage: 'file',
    keptSeconds: deliveryLogDays * day,
    newestOnly: false,
    mostOfEach: 1000,
    appended: true,
    expendable: false,
    replay: true,
    writers: ['gateway', 'webhooks', 'nats-server'],
    readers: ['gateway', 'webhooks'],
    headers: [],
    consumers: [dueDeliveryConsumer],
    madeBy: 'step',
  },
]

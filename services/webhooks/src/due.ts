import {
  type DeliveryRecord,
  type DueDelivery,
  dueDeliveryConsumer,
  endpointIn,
} from '@pdf-smaller/contracts'
import { type Endpoint, loadEndpoint, sendAt } from '@pdf-smaller/endpoints'
import { type Consumption, reactTo, type Recorded, UnreadableEvent } from '@pdf-smaller/eventstore'
import { durableOf } from '@pdf-smaller/platform'
import { takePlace } from './lanes.ts'
import { type Addressed, messageFor } from './message-for.ts'
import { pingOf } from './message.ts'
import type { Parts } from './parts.ts'
import { whileDisabledMs } from './schedule.ts'
import { recover, send } from './send.ts'

/** Messages that are due and sent at once, to all endpoints together; each has its own places among them. */
const places = 64

/** How long what only a newer release can read waits for one. */
const untilNewerMs = 300_000

/** Sends what is due: retries, pings, and what somebody wants sent again. @throws LayoutRefused, StoreUnavailable */
export function followDue(parts: Parts): Promise<Consumption> {
  const { stores, log, metrics } = parts
  return stores.deliveries.subscribe(
    durableOf(dueDeliveryConsumer),
    places,
    reactTo<DeliveryRecord>({
      handle: async ({ event, subject }) => {
        const place = endpointIn(subject)
        if (event.type !== 'due' || !place) return
        const endpoint = await loadEndpoint(stores.endpoints, place.tenant, place.endpoint)
        if (endpoint) await handle(parts, endpoint, event)
      },
      onPoison: () => metrics.poison.inc(),
      onError: (err, { subject }) =>
        log.error({ subject, err }, 'a message to a webhook that is due comes again later'),
    }),
  )
}

async function handle(parts: Parts, endpoint: Endpoint, due: DueDelivery): Promise<void> {
  const { sequence, attempts, firstAt, generation } = due
  if (sequence !== undefined) parts.waiting.remove(endpoint.id, sequence)
  const byHand = due.byHand === true
  // The endpoint was sent back to a place before it, and gets it that way.
  const isCovered = generation < endpoint.generation && (sequence ?? 0) >= endpoint.from
  if (isCovered && !byHand) return
  if (endpoint.disabled && !byHand)
    return putAside(parts, endpoint, due, new Date(parts.clock().getTime() + whileDisabledMs))
  const addressed = await addressedOf(parts, endpoint, due)
  // It may have been the one that an endpoint is tried with which takes nothing.
  if (!addressed) return recover(parts, endpoint)
  if (addressed === 'newer')
    return putAside(parts, endpoint, due, new Date(parts.clock().getTime() + untilNewerMs))
  const { leave, lane } = takePlace(parts, endpoint, addressed.url)
  if (!leave) return putAside(parts, endpoint, due, parts.slots.turn(lane, parts.clock()))
  await send(parts, {
    ...addressed,
    endpoint,
    attempts,
    firstAt: firstAt === undefined ? undefined : new Date(firstAt),
    generation,
    byHand,
  }).finally(leave)
}

/** What is sent; undefined where it is gone, or was never meant for the endpoint. */
async function addressedOf(
  parts: Parts,
  endpoint: Endpoint,
  { sequence, messageId, byHand }: DueDelivery,
): Promise<Addressed | 'newer' | undefined> {
  if (messageId !== undefined && endpoint.url !== undefined)
    return { url: endpoint.url, message: pingOf(messageId, endpoint.tenant, parts.clock()) }
  if (sequence === undefined) return undefined
  const found = await parts.jobs.readAt(sequence).catch((error: unknown): Recorded<never> | undefined => {
    if (error instanceof UnreadableEvent) return undefined
    throw error
  })
  return found && messageFor(parts, endpoint, found, byHand === true)
}

/** It waits, as it stands, until a time. */
async function putAside(parts: Parts, endpoint: Endpoint, due: DueDelivery, at: Date): Promise<void> {
  const { id: _, time: __, type: ___, ...rest } = due
  if (due.sequence !== undefined && !due.byHand) parts.waiting.add(endpoint.id, due.sequence)
  await parts.stores.deliveries.append([sendAt(endpoint, rest, at)])
}

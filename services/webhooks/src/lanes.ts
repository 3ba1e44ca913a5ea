import { type JobEventType, phaseOf, type StoredEvent, streams } from '@pdf-smaller/contracts'
import { consumerOf, type Endpoint, endpointsOf, isOfEndpoint, sendAt } from '@pdf-smaller/endpoints'
import {
  type Consumption,
  type Delivery,
  type DurableConsumer,
  durableNames,
  ensureLayout,
  reactTo,
  removeDurable,
} from '@pdf-smaller/eventstore'
import { edition } from '@pdf-smaller/platform'
import { messageFor } from './message-for.ts'
import type { Parts } from './parts.ts'
import { send } from './send.ts'

/** Messages of jobs' own addresses that are sent at once, and of those to one of them. */
const ofRequests = { slots: 16, ofOne: 2 }
/** The addresses of requests, each with places of its own. */
const laneOf = ({ id }: Endpoint, url: string) => `${id} ${new URL(url).origin}`

/** A place to send to; undefined while all of them are taken. */
export function takePlace(
  { slots, concurrency }: Parts,
  endpoint: Endpoint,
  url: string,
): { leave: (() => void) | undefined; lane: string } {
  const isOfRequests = endpoint.url === undefined
  const lane = isOfRequests ? laneOf(endpoint, url) : endpoint.id
  return { leave: slots.take(lane, isOfRequests ? ofRequests.ofOne : concurrency), lane }
}

/** The consumer that keeps an endpoint's place, and gives out what it may be told of. */
function consumerFor(parts: Parts, endpoint: Endpoint): DurableConsumer {
  const { tenant, filter, from, url } = endpoint
  const phases = [...new Set(filter.types.map((type: JobEventType) => phaseOf[type]))]
  const filters = (filter.tasks ?? ['*']).flatMap((task) =>
    phases.map((phase) => `pdf.${tenant}.*.${task}.*.${phase}`),
  )
  return {
    name: consumerOf(endpoint),
    filters,
    backoffMs: [parts.ackWaitMs],
    from,
    mostOut: url === undefined ? ofRequests.slots : parts.concurrency,
  }
}

/** Consumes what one endpoint is to be told, until it is drained. @throws StoreUnavailable, StoreRefused, LayoutRefused */
export async function openLane(parts: Parts, endpoint: Endpoint): Promise<Consumption> {
  const { connection, jobs, log, metrics } = parts
  const consumer = consumerFor(parts, endpoint)
  await ensureLayout(connection, {
    edition,
    streams: [],
    consumers: [{ stream: streams.jobs, ...consumer }],
  })
  return jobs.subscribe(
    consumer,
    consumer.mostOut ?? 1,
    reactTo<StoredEvent>({
      handle: (recorded, delivery) => tell(parts, endpoint, delivery, recorded),
      onPoison: () => metrics.poison.inc(),
      onError: (err, { sequence }) =>
        log.error({ webhook: endpoint.id, sequence, err }, 'a message to a webhook comes again later'),
    }),
  )
}

/** Sends one event; what finds no place is put aside, so that it holds up nobody else. */
async function tell(
  parts: Parts,
  { id, generation }: Endpoint,
  { sequence }: Delivery<StoredEvent>,
  recorded: Parameters<typeof messageFor>[2],
): Promise<void | 'again'> {
  const endpoint = parts.registry.get(id)
  // Another consumer keeps its place by now.
  if (endpoint?.generation !== generation) return
  if (endpoint.disabled) return 'again'
  const addressed = await messageFor(parts, endpoint, recorded, false)
  if (!addressed) return
  // A newer release gets it, or this service once it is one. What waits already comes before more.
  if (addressed === 'newer' || parts.waiting.isFull(id)) return 'again'
  const sending = { ...addressed, endpoint, attempts: 0, firstAt: undefined, generation, byHand: false }
  if (endpoint.url !== undefined) return send(parts, sending)
  const { leave, lane } = takePlace(parts, endpoint, addressed.url)
  if (leave) return send(parts, sending).finally(leave)
  const due = { sequence, attempts: 0, generation }
  const at = parts.slots.turn(lane, parts.clock())
  await parts.stores.deliveries.append([sendAt(endpoint, due, at)])
}

/** Removes the consumers that no endpoint has any more. @throws StoreUnavailable */
export async function removeStale({
  connection,
  stores,
}: Pick<Parts, 'connection' | 'stores'>): Promise<void> {
  const names = (await durableNames(connection, streams.jobs)).filter(isOfEndpoint)
  if (names.length === 0) return
  // Whatever has a consumer by now has its facts, too.
  const facts = await Array.fromAsync(stores.endpoints.scan(['webhook.>']))
  const kept = new Set(endpointsOf(facts).map(consumerOf))
  for (const name of names) if (!kept.has(name)) await removeDurable(connection, streams.jobs, name)
}

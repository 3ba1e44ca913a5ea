import { consumerOf, type Endpoint } from '@pdf-smaller/endpoints'
import { StoreRefused } from '@pdf-smaller/eventstore'
import type { Context } from '../context.ts'
import { WrongInput } from '../problem.ts'

/**
 * The sequence of the first event that is meant by a sequence or time; what happens next where nothing is said.
 * @throws WrongInput invalid_request behind the end; StoreUnavailable
 */
export async function firstSequence(
  { store }: Pick<Context, 'store'>,
  tenant: string,
  from: number | string | undefined,
): Promise<number> {
  const next = (await store.lastSequence()) + 1
  if (from === undefined) return next
  if (typeof from === 'number') {
    if (from > next)
      throw new WrongInput('invalid_request', [
        { pointer: '/from', detail: `it is behind the last event, ${next - 1}` },
      ])
    return Math.max(1, from)
  }
  for await (const { sequence } of store.scan([`pdf.${tenant}.>`], {
    after: new Date(from),
    pageMessages: 1,
  }))
    return sequence
  return next
}

/** How far an endpoint is; undefined while no webhooks' service has begun with it. @throws StoreUnavailable */
export async function placeOf(
  { store }: Pick<Context, 'store'>,
  endpoint: Endpoint,
): Promise<{ after: number; waiting: number } | undefined> {
  try {
    const { acknowledgedUpTo, waiting, out } = await store.lag(consumerOf(endpoint))
    return { after: Math.max(endpoint.from - 1, acknowledgedUpTo), waiting: waiting + out }
  } catch (error) {
    if (error instanceof StoreRefused) return undefined
    throw error
  }
}

/**
 * The first event that has not reached an endpoint: behind its place, or one that waits for a retry.
 * @throws StoreUnavailable
 */
export async function firstMissed(
  context: Pick<Context, 'store' | 'webhooks'>,
  endpoint: Endpoint,
): Promise<number> {
  const { tenant, id, from } = endpoint
  const place = await placeOf(context, endpoint)
  let first = place ? place.after + 1 : from
  for await (const { event } of context.webhooks.deliveries.scan([`delivery-later.${tenant}.${id}.*`]))
    if (event.type === 'due' && event.sequence !== undefined) first = Math.min(first, event.sequence)
  return first
}

import { type WebhookFact, type WebhookFactType, webhookStream } from '@pdf-smaller/contracts'
import { Conflict } from '@pdf-smaller/eventstore'
import { uuidv7 } from 'uuidv7'
import { type Endpoint, endpointsOf, evolveEndpoint } from './endpoint.ts'
import type { EndpointStore } from './stores.ts'

/** A fact before it has id and time. */
export type NewFact = {
  [T in WebhookFactType]: { type: T; data: Extract<WebhookFact, { type: T }>['data'] }
}[WebhookFactType]

const factOf = ({ type, data }: NewFact, time: Date) =>
  // The union keeps type and data together, which TypeScript cannot see.
  ({ id: uuidv7(), time: time.toISOString(), type, data }) as WebhookFact

/** The endpoints of a tenant, and the revision of all of them together. @throws StoreUnavailable */
export async function endpointsOfTenant(
  store: EndpointStore,
  tenant: string,
): Promise<{ endpoints: Endpoint[]; revision: number }> {
  const { events, revision } = await store.load(`webhook.${tenant}`)
  return { endpoints: endpointsOf(events), revision }
}

/** @returns undefined where there is none. @throws StoreUnavailable */
export async function loadEndpoint(
  store: EndpointStore,
  tenant: string,
  id: string,
): Promise<Endpoint | undefined> {
  const { events } = await store.load(webhookStream(tenant, id))
  return endpointsOf(events)[0]
}

/** How often a creation is decided on again because others of the tenant were quicker. */
const tries = 10

/**
 * Stores the facts of a new endpoint, if `admit` lets it stand beside those that are there.
 * @throws what `admit` throws; Conflict, StoreUnavailable, StoreFull
 */
export async function createEndpoint(
  store: EndpointStore,
  { tenant, id }: { tenant: string; id: string },
  facts: readonly NewFact[],
  admit: (others: readonly Endpoint[]) => void,
): Promise<Endpoint> {
  const stream = webhookStream(tenant, id)
  const time = new Date()
  const events = facts.map((fact) => factOf(fact, time))
  for (let left = tries; ; left--) {
    const { endpoints, revision } = await endpointsOfTenant(store, tenant)
    admit(endpoints)
    const entries = events.map((event, i) => ({
      stream,
      name: event.type,
      event,
      ...(i === 0 ? { expected: revision, expectedIn: `webhook.${tenant}` } : {}),
    }))
    try {
      const sequences = await store.append(entries)
      const recorded = events.map((event, i) => ({
        event,
        sequence: sequences[i] ?? 0,
        subject: `${stream}.${event.type}`,
      }))
      const [made] = endpointsOf(recorded)
      if (!made) throw new Error('an endpoint begins with its creation')
      return made
    } catch (error) {
      if (!(error instanceof Conflict) || left === 0) throw error
    }
  }
}

/**
 * Decides on an endpoint and stores the facts, again when others were quicker; none where `decide` gives none.
 * @returns the endpoint behind that; undefined where there is none (any more)
 * @throws StoreUnavailable, StoreFull, Conflict
 */
export async function changeEndpoint(
  store: EndpointStore,
  { tenant, id }: { tenant: string; id: string },
  decide: (endpoint: Endpoint) => NewFact | undefined,
): Promise<Endpoint | undefined> {
  const stream = webhookStream(tenant, id)
  const done = await store.decide<Endpoint | undefined, 'nothing'>(stream, {
    folds: 'newest of each name',
    initial: undefined,
    evolve: evolveEndpoint,
    decide: (endpoint) => {
      const fact = endpoint && !endpoint.deleted ? decide(endpoint) : undefined
      if (!fact) return { nothing: 'nothing' }
      return [{ stream, name: fact.type, event: factOf(fact, new Date()) }]
    },
  })
  return done.state && (!done.state.deleted || done.kind === 'appended') ? done.state : undefined
}

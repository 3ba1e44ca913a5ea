import {
  type DisabledBecause,
  endpointIn,
  type SigningSecret,
  type WebhookFact,
  type WebhookFilter,
} from '@pdf-smaller/contracts'
import type { Recorded } from '@pdf-smaller/eventstore'

/** Where events are sent to, as the fold of its facts. */
export type Endpoint = {
  tenant: string
  id: string
  /** Absent of the endpoint of requests: each of its jobs names its own address. */
  url?: string | undefined
  name?: string | undefined
  filter: WebhookFilter
  secret: SigningSecret & { previous?: (SigningSecret & { until: string }) | undefined }
  /** The first sequence of the stream of jobs that it is told of. */
  from: number
  /** The sequence of the fact that said so: its place is kept by a consumer of that name. */
  generation: number
  failingSince?: string | undefined
  disabled?: { at: string; because: DisabledBecause; by?: string | undefined } | undefined
  createdAt: string
  createdBy: string
  deleted: boolean
  revision: number
}

/**
 * One fact more. The newest of each kind, in their order, give the same as all of them.
 * @returns undefined while there is no endpoint
 */
export function evolveEndpoint(
  endpoint: Endpoint | undefined,
  { event, sequence, subject }: Recorded<WebhookFact>,
): Endpoint | undefined {
  if (event.type === 'created') return created(event, subject, sequence)
  if (!endpoint) return undefined
  return { ...endpoint, ...changeBy(event, sequence), revision: sequence }
}

function created(
  { data, time }: Extract<WebhookFact, { type: 'created' }>,
  subject: string,
  sequence: number,
): Endpoint | undefined {
  const place = endpointIn(subject)
  if (!place) return undefined
  const { by, ...told } = data
  return {
    ...told,
    tenant: place.tenant,
    id: place.endpoint,
    secret: { number: 0, print: '' },
    generation: sequence,
    createdAt: time,
    createdBy: by,
    deleted: false,
    revision: sequence,
  }
}

/** Told again, it has to prove itself anew. */
const again = { failingSince: undefined, disabled: undefined }

function changeBy(event: Exclude<WebhookFact, { type: 'created' }>, generation: number): Partial<Endpoint> {
  switch (event.type) {
    case 'changed': {
      const { url, name, filter } = event.data
      return { url, name, filter, failingSince: undefined }
    }
    case 'secret': {
      const { number, print, previous } = event.data
      return { secret: { number, print, previous } }
    }
    case 'positioned':
      return { from: event.data.from, generation, failingSince: undefined }
    case 'resumed':
      return { from: event.data.from, generation, ...again }
    case 'failing':
      return { failingSince: event.data.since }
    case 'recovered':
      return { failingSince: undefined }
    case 'disabled': {
      const { because, by } = event.data
      return { disabled: { at: event.time, because, by } }
    }
    case 'deleted':
      return { deleted: true }
    default:
      return event satisfies never
  }
}

/** The endpoints that stand in the facts, in the order of their creation; facts of others are passed over. */
export function endpointsOf(facts: readonly Recorded<WebhookFact>[]): Endpoint[] {
  const found = new Map<string, Endpoint>()
  for (const fact of facts) {
    const id = endpointIn(fact.subject)?.endpoint ?? ''
    const next = evolveEndpoint(found.get(id), fact)
    if (next) found.set(id, next)
  }
  return [...found.values()].filter(({ deleted }) => !deleted)
}

/** The name of the consumer that keeps its place. */
export function consumerOf({ id, generation }: Pick<Endpoint, 'id' | 'generation'>): string {
  return `webhook-${id}-${generation}`
}

/** Whether a consumer keeps the place of an endpoint. Names that tenants choose may begin alike, and have other signs in them. */
export function isOfEndpoint(consumer: string): boolean {
  return /^webhook-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+$/.test(consumer)
}

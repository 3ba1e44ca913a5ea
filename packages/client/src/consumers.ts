import {
  createEventConsumer,
  deleteEventConsumer,
  type EndedEventConsumer,
  type EventConsumer,
  listEventConsumers,
  type OpenedEventConsumer,
} from '@pdf-smaller/contracts/http'
import type { z } from 'zod'
import type { Http } from './http.ts'
import { type Keyed, keyed } from './submit.ts'

/** What a consumer of events is to be. */
export type NewConsumer = z.input<typeof createEventConsumer.body>

/** Consumers of events by which integrators read them from NATS; for keys with the scope `admin`. */
export type Consumers = {
  /** Makes a consumer, and credentials that open it; the password is told this once. */
  create: (consumer: NewConsumer, options?: Keyed) => Promise<OpenedEventConsumer>
  /** @param asked.tenant another than that of the key, or `*` for all */
  list: (asked?: {
    tenant?: string | undefined
    signal?: AbortSignal | undefined
  }) => Promise<EventConsumer[]>
  /** Ends a consumer and its credentials at once. */
  delete: (
    name: string,
    asked?: { tenant?: string | undefined; signal?: AbortSignal | undefined },
  ) => Promise<EndedEventConsumer>
}

export function consumers({ read }: Http): Consumers {
  const query = (tenant: string | undefined): Record<string, string> => (tenant ? { tenant } : {})
  return {
    create: (json, given = {}) => read(createEventConsumer, { json, ...keyed(given) }),
    list: async ({ tenant, signal } = {}) =>
      (await read(listEventConsumers, { query: query(tenant), signal })).consumers,
    delete: (name, { tenant, signal } = {}) =>
      read(deleteEventConsumer, { params: { name }, query: query(tenant), signal }),
  }
}

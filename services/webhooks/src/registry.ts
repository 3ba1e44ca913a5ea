import { endpointIn, type WebhookFact } from '@pdf-smaller/contracts'
import { type Endpoint, type EndpointStore, evolveEndpoint } from '@pdf-smaller/endpoints'
import type { Log } from '@pdf-smaller/platform'

/** All endpoints as they are now. */
export type Registry = {
  get: (id: string) => Endpoint | undefined
  all: () => Endpoint[]
  /** Resolves when everything that was stored at the start is known. */
  ready: Promise<void>
  stop: () => void
}

/** Follows the facts about endpoints. @param onChange told of each that has changed, also of deleted ones */
export function followEndpoints(
  store: EndpointStore,
  log: Log,
  onChange: (endpoint: Endpoint) => void,
): Registry {
  const endpoints = new Map<string, Endpoint>()
  const ready = Promise.withResolvers<void>()
  const { stop } = store.follow({
    from: { sequence: 0 },
    filters: ['webhook.>'],
    onBegin: () => endpoints.clear(),
    onEvent: (recorded: { sequence: number; subject: string; event: WebhookFact }) => {
      const id = endpointIn(recorded.subject)?.endpoint ?? ''
      const endpoint = evolveEndpoint(endpoints.get(id), recorded)
      if (!endpoint) return
      if (endpoint.deleted) endpoints.delete(id)
      else endpoints.set(id, endpoint)
      onChange(endpoint)
    },
    onPoison: ({ sequence, error }) =>
      log.error({ sequence, err: error }, 'a fact about a webhook cannot be read, and is passed over'),
    onCaughtUp: () => ready.resolve(),
  })
  return {
    get: (id) => endpoints.get(id),
    all: () => [...endpoints.values()],
    ready: ready.promise,
    stop,
  }
}

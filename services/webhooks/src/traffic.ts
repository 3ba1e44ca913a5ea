import { attemptLog, streams, webhookStream } from '@pdf-smaller/contracts'
import { consumerOf, type Endpoint, isOfEndpoint } from '@pdf-smaller/endpoints'
import { type Consumption, durableNames, removeDurable } from '@pdf-smaller/eventstore'
import { openLane } from './lanes.ts'
import type { Parts } from './parts.ts'

/** Which endpoints are told, each by a consumption of its own. */
export type Traffic = {
  /** Brings an endpoint's consumption in line with what it is now. */
  adapt: (endpoint: Endpoint) => void
  /** Resolves when nothing is sent any more. */
  stop: () => Promise<void>
}

const pauseMs = 1000

type Lane = { consumption: Consumption; of: string }

/** What a consumption depends on. */
const kindOf = (endpoint: Endpoint) =>
  JSON.stringify([consumerOf(endpoint), endpoint.filter, endpoint.url === undefined])
const isTold = ({ deleted, disabled, failingSince }: Endpoint) =>
  !deleted && !disabled && failingSince === undefined

export function openTraffic(parts: Parts): Traffic {
  const lanes = new Map<string, Lane>()
  const wanted = new Map<string, Endpoint>()
  const working = new Map<string, Promise<void>>()
  let stopped = false
  const settle = async (id: string) => {
    for (let endpoint = wanted.get(id); endpoint; endpoint = wanted.get(id)) {
      wanted.delete(id)
      try {
        await bring(parts, lanes, endpoint)
      } catch (error) {
        if (stopped) return
        parts.log.warn({ webhook: id, err: error }, 'a webhook is not told yet; it is tried again')
        await new Promise((resolve) => setTimeout(resolve, pauseMs).unref())
        if (!wanted.has(id)) wanted.set(id, endpoint)
      }
      if (stopped) return
    }
  }
  const adapt = (endpoint: Endpoint) => {
    if (stopped) return
    const { id } = endpoint
    wanted.set(id, endpoint)
    if (working.has(id)) return
    working.set(
      id,
      settle(id).finally(() => {
        working.delete(id)
        // Whatever came in the very end.
        const left = wanted.get(id)
        if (left) adapt(left)
      }),
    )
  }
  const stop = async () => {
    stopped = true
    wanted.clear()
    await Promise.all(working.values())
    await Promise.all([...lanes.values()].map(({ consumption }) => consumption.drain()))
  }
  return { adapt, stop }
}

/** Begins, changes or ends the consumption of one endpoint. */
async function bring(parts: Parts, lanes: Map<string, Lane>, endpoint: Endpoint): Promise<void> {
  const { id } = endpoint
  const lane = lanes.get(id)
  const of = kindOf(endpoint)
  if (isTold(endpoint) && lane?.of === of) return
  if (lane) {
    lanes.delete(id)
    // What is being sent to a slow receiver holds up nothing here.
    void lane.consumption.drain()
  }
  if (isTold(endpoint)) lanes.set(id, { of, consumption: await openLane(parts, endpoint) })
  await removeFormer(parts, endpoint)
  if (endpoint.deleted) await forget(parts, endpoint)
}

/** Of an endpoint that was deleted nothing is kept. */
async function forget({ stores }: Parts, { tenant, id, revision }: Endpoint): Promise<void> {
  await stores.deliveries.purge(attemptLog(tenant, id), (await stores.deliveries.lastSequence()) + 1)
  await stores.endpoints.purge(webhookStream(tenant, id), revision + 1)
}

/** Removes the consumers by which the endpoint was told before. */
async function removeFormer({ connection }: Parts, endpoint: Endpoint): Promise<void> {
  const own = consumerOf(endpoint)
  const prefix = consumerOf({ ...endpoint, generation: 0 }).slice(0, -1)
  for (const name of await durableNames(connection, streams.jobs)) {
    if (!name.startsWith(prefix) || !isOfEndpoint(name)) continue
    const isFormer = Number(name.slice(prefix.length)) < endpoint.generation
    if (endpoint.deleted || (isFormer && name !== own)) await removeDurable(connection, streams.jobs, name)
  }
}

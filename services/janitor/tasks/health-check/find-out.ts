import { Presence, streams } from '@pdf-smaller/contracts'
import { aboutLlm, consumerOf, inTime, type Integrators, openIntegrators } from '@pdf-smaller/platform'
import type { Backbone } from '../backbone.ts'
import type { Findings } from './findings.ts'

/** Asks every part how it is. A part that does not answer is a finding, not a failure. */
export async function findOut(backbone: Backbone): Promise<Findings> {
  const [events, objects, llm, services] = await Promise.all([
    aboutEvents(backbone),
    aboutObjects(backbone),
    aboutLlm(backbone.config),
    aboutServices(backbone),
  ])
  return { events, objects, llm, services }
}

async function aboutEvents({ store, connection }: Backbone): Promise<Findings['events']> {
  const startedAt = performance.now()
  try {
    const { consumers, ...figures } = await store.survey([streams.progress, streams.results, streams.dead])
    const ms = msSince(startedAt)
    const { integrators, keptSeconds } = await aboutIntegrators(openIntegrators(connection))
    const outside = new Set(integrators.map(({ tenant, name }) => consumerOf(tenant, name)))
    // Those of workers, which read jobs of all tenants; they carry the name of their domain, which is that of its service.
    const domains = consumers.filter(
      ({ name, filters }) => !outside.has(name) && filters.some((filter) => filter.startsWith('pdf.*.')),
    )
    return { ...figures, consumers: domains, integrators, ...(keptSeconds ? { keptSeconds } : {}), ms }
  } catch (error) {
    return { version: '', streams: [], consumers: [], ms: msSince(startedAt), problem: messageOf(error) }
  }
}

async function aboutIntegrators({ all, oldestOpen, kept }: Integrators) {
  const integrators: NonNullable<Findings['events']['integrators']> = []
  for (const each of await all()) {
    const { tenant, name, lag } = each
    const oldestAt = lag.waiting + lag.out > 0 ? await oldestOpen(each) : undefined
    const { waiting, out } = lag
    integrators.push({ tenant, name, waiting, out, ...(oldestAt ? { oldestAt } : {}) })
  }
  return { integrators, keptSeconds: (await kept()).seconds }
}

/** A store that takes longer for a small object hangs; whoever asks how it is must not hang with it, ms. */
const probePatienceMs = 30_000

async function aboutObjects({ objects }: Backbone): Promise<Findings['objects']> {
  const startedAt = performance.now()
  try {
    await inTime(objects.probe(), probePatienceMs)
    return { ms: msSince(startedAt) }
  } catch (error) {
    return { ms: msSince(startedAt), problem: messageOf(error) }
  }
}

async function aboutServices({ store }: Backbone): Promise<Findings['services']> {
  try {
    const values = await store.lookup(streams.presence).all('presence.>')
    return { instances: values.map((value) => Presence.parse(JSON.parse(value))) }
  } catch (error) {
    return { instances: [], problem: messageOf(error) }
  }
}

const msSince = (startedAt: number) => Math.round((performance.now() - startedAt) * 10) / 10

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

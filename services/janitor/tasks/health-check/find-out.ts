import { Presence, streams } from '@pdf-smaller/contracts'
import { aboutLlm } from '@pdf-smaller/platform'
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

async function aboutEvents({ store }: Backbone): Promise<Findings['events']> {
  const startedAt = performance.now()
  try {
    const { consumers, ...figures } = await store.survey([streams.progress, streams.results, streams.dead])
    // Those of workers, which read jobs of all tenants; they carry the name of their domain, which is that of its service.
    const domains = consumers.filter(({ filters }) => filters.some((filter) => filter.startsWith('pdf.*.')))
    return { ...figures, consumers: domains, ms: msSince(startedAt) }
  } catch (error) {
    return { version: '', streams: [], consumers: [], ms: msSince(startedAt), problem: messageOf(error) }
  }
}

async function aboutObjects({ objects }: Backbone): Promise<Findings['objects']> {
  const startedAt = performance.now()
  try {
    await objects.probe()
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

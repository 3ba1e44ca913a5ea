import { consumerOf } from '@pdf-smaller/endpoints'
import type { Parts } from './parts.ts'

const everyMs = 15_000

/** Keeps the gauges up to date until the returned function is called. */
export function keepFigures(parts: Parts): () => void {
  const timer = setInterval(() => {
    measure(parts).catch((error: unknown) =>
      parts.log.debug({ err: error }, 'webhooks could not be measured'),
    )
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** How many events wait for webhooks, and since when the oldest of them does. @throws StoreUnavailable */
export async function measure({ registry, jobs, metrics, clock }: Parts): Promise<void> {
  const counts = { enabled: 0, failing: 0, disabled: 0 }
  let waiting = 0
  let oldest = clock().getTime()
  const { consumers } = await jobs.survey()
  const byName = new Map(consumers.map((consumer) => [consumer.name, consumer]))
  for (const endpoint of registry.all()) {
    counts[endpoint.disabled ? 'disabled' : endpoint.failingSince ? 'failing' : 'enabled']++
    const name = consumerOf(endpoint)
    const found = byName.get(name)
    const behind = (found?.waiting ?? 0) + (found?.out ?? 0)
    if (endpoint.disabled || !found || behind === 0) continue
    waiting += behind
    const { acknowledgedUpTo } = await jobs.lag(name)
    for await (const { event } of jobs.scan(found.filters, {
      after: Math.max(endpoint.from - 1, acknowledgedUpTo),
      pageMessages: 1,
    })) {
      if (event.type !== 'tick') oldest = Math.min(oldest, Date.parse(event.time))
      break
    }
  }
  for (const [status, count] of Object.entries(counts)) metrics.webhooks.set({ status }, count)
  metrics.webhooksWaiting.set(waiting)
  metrics.webhooksOldest.set(waiting === 0 ? 0 : (clock().getTime() - oldest) / 1000)
}

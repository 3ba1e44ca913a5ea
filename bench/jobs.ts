import type { Figure } from './table.ts'
import { httpRequest, load, quantile } from './load/http-load.ts'
import type { BenchSystem } from './system.ts'

const json = { 'content-type': 'application/json' }
const noop = (headers: Record<string, string> = {}) =>
  httpRequest('POST', '/api/jobs/noop', { ...json, ...headers }, '{}')

/** How many jobs a list says are in a state; the header tells of the first page only, so completed ones are counted by pages. */
export async function completedJobs({ url }: BenchSystem): Promise<number> {
  let count = 0
  for (let cursor: string | undefined; ;) {
    const query = new URLSearchParams({ status: 'completed', limit: '200', ...(cursor ? { cursor } : {}) })
    const page: unknown = await (await fetch(`${url}/api/jobs?${query.toString()}`)).json()
    if (typeof page !== 'object' || page === null || !('jobs' in page) || !Array.isArray(page.jobs))
      return count
    count += page.jobs.length
    cursor = 'nextCursor' in page && typeof page.nextCursor === 'string' ? page.nextCursor : undefined
    if (!cursor) return count
  }
}

/** A job that does nothing, over HTTP: submitted, run, its outcome stored, projected and answered. */
export async function measureNoop(system: BenchSystem, quick: boolean): Promise<Figure[]> {
  const waiting = noop({ prefer: 'wait=10' })
  await load({ port: system.port, connections: 1, requests: 300, request: () => waiting })
  const single = await load({
    port: system.port,
    connections: 1,
    requests: quick ? 500 : 3000,
    request: () => waiting,
  })
  const many = noop()
  const before = await completedJobs(system)
  const startedAt = performance.now()
  const burst = await load({
    port: system.port,
    connections: 64,
    ms: quick ? 3000 : 20_000,
    request: () => many,
  })
  let done = 0
  while (done < burst.requests && performance.now() - startedAt < 60_000)
    done = (await completedJobs(system)) - before
  return [
    {
      name: 'no-op over HTTP, one at a time, p50',
      value: quantile(single.latencies, 0.5),
      unit: 'ms',
      goal: { at: 'most', value: 2 },
    },
    {
      name: 'no-op over HTTP, one at a time, p99',
      value: quantile(single.latencies, 0.99),
      unit: 'ms',
      goal: { at: 'most', value: 6 },
    },
    {
      name: 'no-op jobs accepted, 64 at once',
      value: (burst.requests / burst.ms) * 1000,
      unit: 'jobs/s',
      goal: { at: 'least', value: 3000 },
    },
    {
      name: 'no-op jobs done (counting included)',
      value: (done / (performance.now() - startedAt)) * 1000,
      unit: 'jobs/s',
    },
  ]
}

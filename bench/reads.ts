import { httpRequest, load, quantile } from './load/http-load.ts'
import type { BenchSystem } from './system.ts'
import type { Figure } from './table.ts'

/** Status and lists, among as many jobs as were made before. */
export async function measureReads({ port, url }: BenchSystem, quick: boolean): Promise<Figure[]> {
  const ids = await someIds(url)
  const statuses = ids.map((id) => httpRequest('GET', `/api/jobs/${id}/status`))
  const request = (n: number) => statuses[n % statuses.length] ?? Buffer.alloc(0)
  const ms = quick ? 1500 : 5000
  await load({ port, connections: 8, ms: 1000, request })
  const single = await load({ port, connections: 1, ms, request })
  const many = await load({ port, connections: 32, ms, request })
  const list = httpRequest('GET', '/api/jobs?limit=50')
  const lists = await load({ port, connections: 1, requests: 500, request: () => list })
  const live = httpRequest('GET', '/livez')
  const baseline = await load({ port, connections: 32, ms: 1500, request: () => live })
  const perSecond = (result: { requests: number; ms: number }) => (result.requests / result.ms) * 1000
  return [
    {
      name: 'status, one at a time',
      value: perSecond(single),
      unit: 'requests/s',
      goal: { at: 'least', value: 6000 },
    },
    {
      name: 'status, 32 at once',
      value: perSecond(many),
      unit: 'requests/s',
      goal: { at: 'least', value: 25_000 },
      baseline: { name: '/livez', value: perSecond(baseline) },
    },
    {
      name: 'list of 50, p99',
      value: quantile(lists.latencies, 0.99),
      unit: 'ms',
      goal: { at: 'most', value: 5 },
    },
  ]
}

async function someIds(url: string): Promise<string[]> {
  const page: unknown = await (await fetch(`${url}/api/jobs?limit=200`)).json()
  const jobs: unknown[] =
    typeof page === 'object' && page !== null && 'jobs' in page && Array.isArray(page.jobs) ? page.jobs : []
  return jobs.flatMap((job) =>
    typeof job === 'object' && job !== null && 'id' in job ? [String(job.id)] : [],
  )
}

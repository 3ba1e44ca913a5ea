import { type HealthReport, systemTenant } from '@pdf-smaller/contracts'
import { command } from '@pdf-smaller/platform'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { measures } from '@pdf-smaller/contracts/testing/measures'
import { type Harness, openHarness } from '../../testing/harness.ts'
import { SystemHealth } from '@pdf-smaller/contracts/http'

let gateway: Harness
let ahead = 0
beforeAll(async () => {
  gateway = await openHarness({ over: { clock: () => new Date(Date.now() + ahead) } })
})
afterAll(() => gateway.close())

const author = { source: 'pdf-smaller/test' }
const fine = { status: 'healthy' as const, issues: [] }

/** Plays the janitor. */
async function check(report: Pick<HealthReport, 'status' | 'issues'>): Promise<void> {
  const address = { tenant: systemTenant, domain: 'janitor', task: 'health-check', jobId: uuidv7() }
  const { jobId: _, ...place } = address
  const limits = { retries: 0, softSeconds: 10, hardSeconds: 20 }
  const data = { ...place, inputs: [], options: {}, requester: 'schedule', limits }
  const asked = await command(gateway.store, address, { type: 'Request', data }, author)
  const start = { type: 'Start', sequence: asked.job?.revision ?? 0, worker: 'test' } as const
  await command(gateway.store, address, start, author)
  const result: HealthReport = {
    ...report,
    at: new Date().toISOString(),
    tookMs: 5,
    components: {
      events: {
        ...fine,
        version: '2.15.2',
        ms: 1,
        consumers: [],
        streams: [{ name: 'JOBS', messages: 7, bytes: 900 }],
        integrators: [
          { tenant: 'acme', name: 'billing', waiting: 3, out: 1, oldestAt: new Date(0).toISOString() },
        ],
      },
      objects: { ...report, ms: 1 },
      engines: {
        ...fine,
        services: [
          {
            service: 'ocr',
            name: 'a',
            versions: { qpdf: '11' },
            missing: [{ engine: 'poppler', why: 'poppler' }],
          },
        ],
      },
      disk: { ...fine, folders: [{ host: 'left', folder: '/data', freeBytes: 5, bytes: 9 }] },
      services: { ...fine, instances: [] },
    },
  }
  const done = await command(
    gateway.store,
    address,
    { type: 'Complete', attempt: 1, outputs: [], result, measures },
    author,
  )
  await gateway.projection.reached(done.job?.revision ?? 0, 60_000)
}

async function ask(): Promise<SystemHealth & { code: number }> {
  const answer = await fetch(`${gateway.url}/api/health`)
  return { ...SystemHealth.parse(await answer.json()), code: answer.status }
}

it('the health of the system is that of its newest check, unless that is old', async () => {
  expect(await ask()).toMatchObject({ code: 503, status: 'unhealthy', history: [] })
  await check(fine)
  expect(await ask()).toMatchObject({ code: 200, status: 'healthy', history: [{ status: 'healthy' }] })
  await check({ status: 'degraded', issues: ['The object store is slow'] })
  expect(await ask()).toMatchObject({
    code: 200,
    status: 'degraded',
    issues: ['The object store is slow'],
    history: [{ status: 'degraded' }, { status: 'healthy' }],
  })
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
  expect(metrics).toContain('pdf_health{component="objects"} 1')
  expect(metrics).toContain('pdf_health{component="events"} 0')
  expect(metrics).toContain('pdf_stream_messages{stream="JOBS"} 7')
  expect(metrics).toContain('pdf_event_consumer_waiting{tenant="acme",consumer="billing"} 4')
  expect(metrics).toMatch(/pdf_event_consumer_behind_seconds\{tenant="acme",consumer="billing"\} \d{10}/)
  expect(metrics).toContain('pdf_disk_free_bytes{host="left",folder="/data"} 5')
  expect(metrics).toContain('pdf_disk_bytes{host="left",folder="/data"} 9')
  expect(metrics).toContain('pdf_engine_installed{service="ocr",instance="a",engine="qpdf"} 1')
  expect(metrics).toContain('pdf_engine_installed{service="ocr",instance="a",engine="poppler"} 0')

  ahead = 20 * 60_000
  expect(await ask()).toMatchObject({ code: 503, status: 'unhealthy', history: { length: 2 } })
  expect((await ask()).issues[0]).toContain('20 minutes old')
  ahead = 25 * 3_600_000
  expect(await ask()).toMatchObject({ code: 503, history: [] })
})

import { presenceSubject } from '@pdf-smaller/contracts'
import { announce, openIntegrators } from '@pdf-smaller/platform'
import { openCores, openHostEngines } from '@pdf-smaller/worker'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, openHarness } from '../../testing/harness.ts'
import { findOut } from './find-out.ts'
import { healthCheck } from './task.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
})
afterAll(() => harness.close())

it('looks at every part of a system that runs', async () => {
  expect((await harness.run(healthCheck)).components.services.instances).toEqual([])
  const engines = openHostEngines(harness.config, openCores(1)).installed(['qpdf'])
  const config = { ...harness.config, WORKER_NAME: 'host.example-1' }
  const end = announce(harness.connection, { service: 'compression', config, engines })
  const check = () => harness.run(healthCheck)
  await expect.poll(async () => (await check()).components.engines.services).toHaveLength(1)
  const report = await check()
  expect(presenceSubject('compression', 'host.example-1')).toBe('presence.compression.host-example-1')
  const { events, objects, disk, services } = report.components
  expect(events).toMatchObject({
    status: 'healthy',
    version: expect.stringMatching(/^2\./),
  })
  expect(events.streams.map(({ name }) => name)).toEqual(['JOBS', 'PROGRESS', 'RESULTS', 'DEAD'])
  expect(objects.status).toBe('healthy')
  expect(report.components.engines).toMatchObject({
    status: 'healthy',
    services: [{ name: 'host.example-1', versions: { qpdf: expect.any(String) }, missing: [] }],
  })
  expect(disk.folders).toMatchObject([{ folder: harness.folder, freeBytes: expect.any(Number) }])
  expect(services.instances).toMatchObject([{ service: 'compression', name: 'host.example-1', ended: false }])
  end()
  await harness.connection.flush()
  const after = await harness.run(healthCheck)
  expect(after.components.services.instances).toMatchObject([{ ended: true }])
})

it('is a finding, not a failure, when the object store does not work', async () => {
  const broken = {
    ...harness,
    objects: { ...harness.objects, probe: async () => Promise.reject(new Error('no disk')) },
  }
  expect((await findOut(broken)).objects.problem).toBe('no disk')
})

it('tells of integrators and how far behind they are, and takes them for nobody who works on jobs', async () => {
  const { request, connection } = harness
  const first = await harness.job(await request())
  await request({ tenant: 'other' })
  const integrators = openIntegrators(connection)
  const subjects = ['pdf.default.>']
  const wanted = { tenant: 'default', filters: {}, subjects, createdBy: 'test', request: undefined }
  await integrators.create({ ...wanted, name: 'all', startsAt: 1 }, 10)
  const { lastSequence } = await integrators.kept()
  await integrators.create({ ...wanted, name: 'new', startsAt: lastSequence + 1 }, 10)
  const { components } = await harness.run(healthCheck)
  expect(components.events.consumers.map(({ name }) => name)).not.toContain('default~all')
  expect(components.events.keptSeconds).toBe(400 * 86_400)
  const [all, fresh] = components.events.integrators ?? []
  expect(all).toMatchObject({ tenant: 'default', name: 'all', waiting: 1, out: 0 })
  // The server stamps what it stores.
  expect(Math.abs(Date.parse(all?.oldestAt ?? '') - Date.parse(first.requestedAt))).toBeLessThan(60_000)
  expect(fresh).toEqual({ tenant: 'default', name: 'new', waiting: 0, out: 0 })
  harness.later(390)
  const { status, issues } = await harness.run(healthCheck)
  harness.later(0)
  expect(status).toBe('degraded')
  expect(issues.filter((each) => each.includes('integrator'))).toEqual([
    expect.stringMatching(/^The integrator all of the tenant default has not acknowledged 1 of its events/),
  ])
})

import { presenceSubject } from '@pdf-smaller/contracts'
import { announce } from '@pdf-smaller/platform'
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
  await expect
    .poll(async () => (await check()).components.engines.services, { timeout: 15_000 })
    .toHaveLength(1)
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

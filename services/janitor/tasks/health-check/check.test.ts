import { presenceSubject } from '@pdf-smaller/contracts'
import { announce } from '@pdf-smaller/platform'
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
  const end = announce(harness.connection, 'compression', 'host.example-1')
  await harness.connection.flush()
  const report = await harness.run(healthCheck)
  expect(presenceSubject('compression', 'host.example-1')).toBe('presence.compression.host-example-1')
  const { events, objects, engines, disk, services } = report.components
  expect(events).toMatchObject({
    status: 'healthy',
    version: expect.stringMatching(/^2\./),
  })
  expect(events.streams.map(({ name }) => name)).toEqual(['JOBS', 'PROGRESS', 'RESULTS', 'DEAD'])
  expect(objects.status).toBe('healthy')
  expect(Object.keys(engines.versions)).toEqual(expect.arrayContaining(['qpdf', 'poppler', 'ghostscript']))
  expect(disk.folders[0]?.freeBytes).toBeGreaterThan(0)
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
  const signal = AbortSignal.timeout(20_000)
  const engine = {
    cwd: harness.folder,
    signal,
    memoryBytes: 1024 ** 3,
    cores: 1,
    core: <T>(work: () => Promise<T>) => work(),
  }
  expect((await findOut(broken, engine)).objects.problem).toBe('no disk')
})

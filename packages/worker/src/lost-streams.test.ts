import { rm } from 'node:fs/promises'
import { ensureStreams } from '@pdf-smaller/platform'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
})
afterAll(() => harness.close())

it('a worker whose streams are lost goes on when the step has made them again', async () => {
  await harness.work()
  const first = await harness.request('noop')
  await harness.when(first, ({ status }) => status === 'completed')
  await harness.server.kill()
  await rm(harness.server.data, { recursive: true })
  await harness.server.start()
  await ensureStreams(harness.connection, harness.config, ['testing'])
  const second = await harness.request('noop')
  await harness.when(second, ({ status }) => status === 'completed')
  await expect(harness.job(first)).rejects.toThrow('no job')
})

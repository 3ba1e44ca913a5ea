import { isDecided } from '@pdf-smaller/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
  await harness.work()
})
afterAll(() => harness.close())

async function partsLeft(id: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of harness.objects.list(`default/${id}/parts/`)) keys.push(key)
  return keys
}

it('are there for the next attempt, and gone with the end of the job', async () => {
  const address = await harness.request('count', { end: 'retry' }, 'retry')
  const job = await harness.when(address, isDecided)
  expect(job).toMatchObject({ status: 'completed', attempt: 2, result: { restored: 6 } })
  await expect.poll(() => partsLeft(job.id)).toEqual([])
})

it('are gone when the job fails for good', async () => {
  const address = await harness.request('count', { end: 'failure' }, 'failure')
  const job = await harness.when(address, isDecided)
  expect(job).toMatchObject({ status: 'failed', attempt: 1 })
  await expect.poll(() => partsLeft(job.id)).toEqual([])
})

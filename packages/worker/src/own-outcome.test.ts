import { isDecided } from '@pdf-smaller/domain'
import type { JobStore } from '@pdf-smaller/platform'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
})
afterAll(() => harness.close())

/** Loses the answer to each decision that was stored: it is decided again, on what is there by then. */
const forgetful = (store: JobStore): JobStore => ({
  ...store,
  decide: async (stream, decider, options) => {
    await store.decide(stream, decider, options)
    return store.decide(stream, decider)
  },
})

it('a worker keeps the files of its own result, also where it takes that for the result of another', async () => {
  await harness.work({}, 4, forgetful(harness.store))
  const address = await harness.request('echo', {}, 'hello')
  const job = await harness.when(address, isDecided)
  expect(job).toMatchObject({ status: 'completed', attempt: 1 })
  // Whatever is removed is removed before the message is acknowledged.
  const isAcknowledged = async () => {
    const { waiting, out } = await harness.store.lag(address.domain)
    return waiting + out === 0
  }
  await expect.poll(isAcknowledged).toBe(true)
  expect(await harness.objects.stat(job.outputs[0]?.key ?? '')).toMatchObject({ size: 5 })
})

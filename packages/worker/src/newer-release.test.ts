import { cloudEvent, decodeEvent, type JobAddress, jobStream, type Upcasters } from '@pdf-smaller/contracts'
import { loadJob, openJobStore, openLog, type JobStore } from '@pdf-smaller/platform'
import { jetstreamManager } from '@nats-io/jetstream'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Harness, openHarness } from '../testing/harness.ts'

let harness: Harness
let newer: JobStore
beforeAll(async () => {
  harness = await openHarness({ PDF_SMALLER_RETRY_PACE: '0.002' })
  newer = await openJobStore(harness.connection, {
    log: openLog(harness.config, 'test'),
    decode: (json) => decodeEvent(json, steps),
  })
})
afterAll(() => harness.close())

const requested = 'pdfsmaller.job.requested'
const started = 'pdfsmaller.job.started'
/** What a release knows that has seen other versions than this one. */
const steps: Upcasters = {
  [`${requested}.v2`]: { to: `${requested}.v1`, was: z.looseObject({}), data: (data) => Object(data).job },
  [`${requested}.v0`]: {
    to: `${requested}.v1`,
    was: z.looseObject({}),
    data: (data) => ({ ...Object(data), limits }),
  },
  [`${started}.v2`]: { to: `${started}.v1`, was: z.looseObject({}), data: Object },
}
const limits = { retries: 3, softSeconds: 60, hardSeconds: 70 }

const newAddress = () => ({ tenant: 'default', domain: 'testing', task: 'noop', jobId: uuidv7() })
const dataOf = ({ tenant, domain, task }: JobAddress) => ({
  tenant,
  domain,
  task,
  inputs: [],
  options: {},
  requester: 'test',
})

/** Stores an event as a process of another release would. */
async function publish(address: JobAddress, phase: string, type: string, data: object): Promise<void> {
  const around = { id: uuidv7(), source: 'other', jobId: address.jobId, time: new Date() }
  await harness.connection.request(
    `${jobStream(address)}.${phase}`,
    JSON.stringify(cloudEvent({ type, data }, around)),
  )
}
const requestV2 = (address: JobAddress) =>
  publish(address, 'requested', `${requested}.v2`, { job: { ...dataOf(address), limits } })
const statusOf = async (address: JobAddress) => (await loadJob(newer, address))?.status
const revisionOf = async (address: JobAddress) => (await harness.store.load(jobStream(address))).revision
const patience = { timeout: 60_000, interval: 20 }

async function deadLetters(): Promise<number> {
  const manager = await jetstreamManager(harness.connection)
  return (await manager.streams.info('DEAD')).state.messages
}

describe('a worker', () => {
  it('leaves a job that a newer release requested to workers of that release, however long that takes', async () => {
    const address = newAddress()
    await requestV2(address)
    const first = await revisionOf(address)
    const old = await harness.work()
    // It is due again and again, each time as a message of its own, so that none is given out too often.
    for (let seen = first, rounds = 0; rounds < 3; rounds++) {
      await expect.poll(() => revisionOf(address), patience).toBeGreaterThan(seen)
      seen = await revisionOf(address)
    }
    expect(await statusOf(address)).toBe('queued')
    await old.stop()
    expect(await deadLetters()).toBe(0)

    const next = await harness.work({}, 4, newer)
    await expect.poll(() => statusOf(address), patience).toBe('completed')
    expect((await loadJob(newer, address))?.attempt).toBe(1)
    await next.stop()
    expect((await harness.store.load('due.parked')).events).toEqual([])
  })

  it('is done with the message of a job that a newer release has ended', async () => {
    const [known, unknown] = [await harness.request('noop'), newAddress()]
    await requestV2(unknown)
    for (const address of [known, unknown])
      await publish(address, 'outcome', 'pdfsmaller.job.completed.v2', {})
    const last = await revisionOf(unknown)
    const old = await harness.work()
    await expect.poll(() => harness.store.lag('testing'), patience).toMatchObject({ waiting: 0, out: 0 })
    expect(await revisionOf(unknown)).toBe(last)
    await old.stop()
  })

  it('does not touch a job that a newer release works on', async () => {
    const address = newAddress()
    await requestV2(address)
    await publish(address, 'started', `${started}.v2`, { attempt: 1, retries: 0, worker: 'newer', lost: 0 })
    const revision = await revisionOf(address)
    const old = await harness.work()
    const other = await harness.request('noop')
    await harness.when(other, ({ status }) => status === 'completed')
    await expect
      .poll(async () => (await harness.store.lag('testing')).redelivered, patience)
      .toBeGreaterThan(0)
    expect(await revisionOf(address)).toBe(revision)
    await old.stop()
  })

  it('raises what an older release requested', async () => {
    const address = newAddress()
    await publish(address, 'requested', `${requested}.v0`, dataOf(address))
    const worker = await harness.work({}, 4, newer)
    await expect.poll(() => statusOf(address), patience).toBe('completed')
    await worker.stop()
  })
})

import { cloudEvent, type JobAddress, jobStream, type JobView, streams } from '@pdf-smaller/contracts'
import { ensureLayout } from '@pdf-smaller/eventstore'
import { edition, openLog, openMetrics } from '@pdf-smaller/platform'
import { openCores, openHostEngines, openTaskHosts, type WorkerParts } from '@pdf-smaller/worker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'
import { followDeadLetters } from './dead-letters.ts'
import { giveUp } from './give-up.ts'
import { followOpenJobs } from './open-jobs.ts'
import { openSweep } from './sweep.ts'

let harness: Harness
let parts: WorkerParts
beforeAll(async () => {
  harness = await openHarness()
  const consumers = [{ stream: streams.jobs, ...consumer }]
  await ensureLayout(harness.connection, { edition, streams: [], consumers })
  const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')
  const cores = openCores(1)
  parts = {
    ...harness,
    metrics: openMetrics(),
    log,
    domain: 'janitor',
    tasks: [],
    priority: 'low',
    cores,
    hostEngines: openHostEngines(harness.config, cores),
    taskHosts: openTaskHosts(harness.config, log),
    tasksModule: new URL('../tasks.ts', import.meta.url),
  }
})
afterAll(() => harness.close())

const patience = { timeout: 60_000 }
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const becomes = (address: JobAddress, status: JobView['status']) =>
  expect.poll(async () => (await harness.job(address)).status, patience).toBe(status)

/** The consumer of the domain, but for its waits. */
const consumer = {
  name: 'testing',
  filters: ['pdf.*.testing.*.*.requested'],
  backoffMs: [100],
  maxDeliver: 2,
}

describe('a job whose workers all die', () => {
  it('ends when the server gives it out no more', async () => {
    const address = await harness.request()
    const silent = await harness.store.subscribe(consumer, 1, async () => {})
    const letters = await followDeadLetters(parts)
    await becomes(address, 'failed')
    expect((await harness.job(address)).failure).toMatchObject({ code: 'worker_lost', retryable: false })
    await Promise.all([silent, letters].map((each) => each.drain()))
  })

  it('leaves nothing of what they stored when it was cancelled meanwhile', async () => {
    const address = await harness.request()
    const { queuedBy: sequence = 0 } = await harness.job(address)
    await harness.act(address, { type: 'Start', sequence, worker: 'dies' })
    const folder = `${address.tenant}/${address.jobId}`
    for (const stored of ['out/1/0-a.pdf', 'parts/page-1']) await harness.put(`${folder}/${stored}`, 'stored')
    await harness.act(address, { type: 'Cancel', by: 'me', reason: '' })
    const silent = await harness.store.subscribe(consumer, 1, async () => {})
    const letters = await followDeadLetters(parts)
    const left = async () => (await harness.keys()).filter((key) => key.startsWith(folder))
    await expect.poll(left, patience).toEqual([`${folder}/in/x.0/0-a.pdf`])
    expect((await harness.job(address)).status).toBe('cancelled')
    await Promise.all([silent, letters].map((each) => each.drain()))
  })
})

describe('the sweep', () => {
  it('ends a job that nobody works on any more, and no other', async () => {
    const openJobs = followOpenJobs(harness.store, parts.log)
    const sweep = openSweep(parts, openJobs)
    const acknowledged = await harness.request()
    const consumption = await harness.store.subscribe(consumer, 4, async ({ ack }) => ack())
    const { revision } = await harness.job(acknowledged)
    await expect
      .poll(async () => (await harness.store.lag('testing')).acknowledgedUpTo, patience)
      .toBeGreaterThanOrEqual(revision)
    await consumption.drain()
    const waiting = await harness.request({ startAt: inMinutes(20).toISOString() })
    const queued = await harness.request()
    await expect.poll(() => openJobs.all()?.length, patience).toBe(3)

    await sweep(inMinutes(1))
    expect((await harness.job(acknowledged)).status).toBe('queued')
    await sweep(inMinutes(2))
    expect((await harness.job(acknowledged)).failure).toMatchObject({ code: 'job_stuck' })
    expect((await harness.job(waiting)).status).toBe('scheduled')
    expect((await harness.job(queued)).status).toBe('queued')

    await sweep(inMinutes(30))
    await sweep(inMinutes(31))
    expect((await harness.job(waiting)).failure?.message).toContain('its wait ended')
    expect((await harness.job(queued)).status).toBe('queued')
    const schedules = await harness.store.load('due')
    expect(schedules.events).toEqual([])
    openJobs.stop()
  })

  it('leaves a job alone that has moved on between two looks', async () => {
    const openJobs = followOpenJobs(harness.store, parts.log)
    const sweep = openSweep(parts, openJobs)
    const address = await harness.request({ startAt: new Date(Date.now() + 1000).toISOString() })
    await expect.poll(() => openJobs.all()?.some(({ id }) => id === address.jobId), patience).toBe(true)
    await sweep(inMinutes(30))
    await becomes(address, 'queued')
    const { revision } = await harness.job(address)
    await expect
      .poll(() => openJobs.all()?.find(({ id }) => id === address.jobId)?.revision, patience)
      .toBe(revision)
    await sweep(inMinutes(31))
    expect((await harness.job(address)).status).toBe('queued')
    openJobs.stop()
  })

  it('leaves a job to a janitor of the release that wrote to it', async () => {
    const address = await harness.request({ startAt: inMinutes(1).toISOString() })
    const [openJobs, later] = [1, 2].map(() => followOpenJobs(harness.store, parts.log))
    if (!openJobs || !later) throw new Error('no open jobs')
    const isOpen = (of: typeof later) => of.all()?.some(({ id }) => id === address.jobId)
    await expect.poll(() => isOpen(openJobs), patience).toBe(true)
    const [found] = openJobs.all()?.filter(({ id }) => id === address.jobId) ?? []
    const newer = { type: 'pdfsmaller.job.paused.v1', data: {} }
    const event = cloudEvent(newer, { id: 'newer', source: 'other', jobId: address.jobId, time: new Date() })
    await harness.connection.request(`${jobStream(address)}.paused`, JSON.stringify(event))
    await expect.poll(() => isOpen(later), patience).toBe(false)
    const { revision } = await harness.store.load(jobStream(address))
    const sweep = openSweep(parts, later)
    for (const minutes of [30, 31]) await sweep(inMinutes(minutes))
    // One that looked before it came finds out when it decides.
    const stale = giveUp(parts, found ?? (await harness.job(address)), 'job_stuck', 'test')
    await expect(stale).rejects.toMatchObject({ code: 'newer_release' })
    expect((await harness.store.load(jobStream(address))).revision).toBe(revision)
    openJobs.stop()
    later.stop()
  })
})

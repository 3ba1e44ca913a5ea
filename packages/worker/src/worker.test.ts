import { appendFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type JobAddress,
  JobProgressed,
  jobStream,
  type Progress,
  progressSubject,
} from '@pdf-smaller/contracts'
import { evolve, isDecided } from '@pdf-smaller/domain'
import { command } from '@pdf-smaller/platform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { author, type Harness, openHarness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
  await harness.work()
})
afterAll(() => harness.close())

const objectsOf = async (jobId: string, part: string) => {
  const keys: string[] = []
  for await (const { key } of harness.objects.list(`default/${jobId}/${part}/`)) keys.push(key)
  return keys
}

describe('a worker', () => {
  it('runs a job from its input to its stored output, and removes the workspace', async () => {
    const address = await harness.request('echo', {}, 'hello')
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({ status: 'completed', attempt: 1, result: { bytes: 5 } })
    expect(job.outputs).toMatchObject([
      { key: `default/${address.jobId}/out/1/a.txt`, size: 5, name: 'a.txt' },
    ])
    expect(job.measures).toMatchObject({ bytesIn: 5, bytesOut: 5 })
    const copy = path.join(harness.config.DATA_DIR, 'copy')
    await harness.objects.getFile(job.outputs[0]?.key ?? '', copy)
    expect(await readFile(copy, 'utf8')).toBe('hello')
    await expect.poll(() => harness.workspaces()).toEqual([])
  })

  it('tries a failed attempt again after its wait, and keeps only the outputs of the attempt that counts', async () => {
    const address = await harness.request('echo', { failUntil: 3 }, 'fails twice')
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({ status: 'completed', attempt: 3, retries: 2 })
    expect(await objectsOf(address.jobId, 'out')).toEqual([`default/${address.jobId}/out/3/a.txt`])
  })

  it('ends a job that keeps failing when its retries are used up', async () => {
    const address = await harness.request('echo', { failUntil: 99 }, 'always fails')
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({
      status: 'failed',
      attempt: 4,
      retries: 3,
      failure: { code: 'engine_failed' },
    })
    expect(await objectsOf(address.jobId, 'out')).toEqual([])
  })

  it('does not repeat what cannot change', async () => {
    const address = await harness.request('echo', { failUntil: 99, code: 'damaged_pdf' }, 'damaged')
    expect(await harness.when(address, isDecided)).toMatchObject({ status: 'failed', attempt: 1 })
  })

  it('fails a job of a task that it does not know', async () => {
    const address = await harness.request('nothing')
    expect(await harness.when(address, isDecided)).toMatchObject({
      status: 'failed',
      failure: { code: 'unknown_task' },
    })
  })

  it('fails a job whose input is gone', async () => {
    const address = await harness.request('echo', {}, 'gone', {
      inputs: [
        { key: 'default/none/in/x.0/a.txt', name: 'a.txt', size: 1, sha256: 'x', contentType: 'text/plain' },
      ],
    })
    expect(await harness.when(address, isDecided)).toMatchObject({
      status: 'failed',
      failure: { code: 'object_missing' },
    })
  })

  it('stores what a task publishes before its end, and tells of it', async () => {
    const address = await harness.request('echo', { publish: true, workMs: 50_000 }, 'early')
    const key = `default/${address.jobId}/out/1/1-early.txt`
    const told: unknown[] = []
    const progress = harness.connection.subscribe(progressSubject(address), {
      callback: (_, message) => void told.push(JobProgressed.parse(message.json()).data.outputs?.[0]),
    })
    await expect.poll(() => told.at(-1)).toMatchObject({ key, size: 5, part: true })
    expect(await objectsOf(address.jobId, 'out')).toEqual([key])
    progress.unsubscribe()
    await command(harness.store, address, { type: 'Cancel', by: 'me', reason: 'enough' }, author)
    await expect.poll(() => objectsOf(address.jobId, 'out')).toEqual([])
  })

  it('puts what a task has published behind what it ends with, and removes it when it fails', async () => {
    const [done, failed] = [
      await harness.request('echo', { publish: true }, 'early and late'),
      await harness.request('echo', { publish: true, failUntil: 99, code: 'damaged_pdf' }, 'early and never'),
    ]
    const { outputs } = await harness.when(done, isDecided)
    expect(outputs.map(({ name }) => name)).toEqual(['a.txt', 'early.txt'])
    expect(await harness.when(failed, isDecided)).toMatchObject({ status: 'failed', outputs: [] })
    // They are removed behind the outcome, which is not to wait for that.
    await expect.poll(() => objectsOf(failed.jobId, 'out')).toEqual([])
  })

  it('starts a job at its time and not before', async () => {
    const startAt = new Date(Date.now() + 1500).toISOString()
    const address = await harness.request('noop', {}, undefined, { startAt })
    const job = await harness.when(address, isDecided)
    const history = harness.store.history(jobStream(address))
    const [requested, ...later] = await Array.fromAsync(history, ({ event }) => event)
    if (requested?.type !== 'pdfsmaller.job.requested.v1') throw new Error('nothing was requested')
    expect(evolve(undefined, requested, 1)).toMatchObject({ status: 'scheduled', nextAttemptAt: startAt })
    expect(later[0]?.type).toBe('pdfsmaller.job.attempt-due.v1')
    expect(Date.parse(job.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startAt))
  })

  it('ends a running job at once when it is cancelled, and leaves nothing of it', async () => {
    const address = await harness.request('echo', { workMs: 50_000 }, 'cancel me')
    await harness.when(address, ({ status }) => status === 'running')
    const cancelled = await command(
      harness.store,
      address,
      { type: 'Cancel', by: 'me', reason: 'enough' },
      author,
    )
    expect(cancelled.kind).toBe('appended')
    const gone = async () => (await harness.workspaces()).every((name) => !name.startsWith(address.jobId))
    await expect.poll(gone).toBe(true)
    expect(await harness.job(address)).toMatchObject({
      status: 'cancelled',
      cancelled: { by: 'me', reason: 'enough' },
    })
    expect(await objectsOf(address.jobId, 'out')).toEqual([])
  })

  it('cancels a job that waits for its retry', async () => {
    const address = await harness.request('echo', { failUntil: 99, code: 'engine_timeout' }, 'waits')
    await harness.when(address, ({ status }) => status === 'retrying')
    await command(harness.store, address, { type: 'Cancel', by: 'me', reason: '' }, author)
    const job = await harness.job(address)
    expect(job.status).toBe('cancelled')
    const due = await harness.store.load(`due.default.testing.echo`)
    expect(due.events.filter(({ subject }) => subject.includes(address.jobId))).toEqual([])
  })

  it('ends an attempt at its time limit', async () => {
    const limits = { retries: 0, softSeconds: 1, hardSeconds: 30 }
    const address = await harness.request('echo', { workMs: 50_000 }, 'slow', { limits })
    expect(await harness.when(address, isDecided)).toMatchObject({
      status: 'failed',
      failure: { code: 'task_timeout' },
    })
  })

  it('gives up on a task that does not stop when it is asked to', async () => {
    const limits = { retries: 0, softSeconds: 1, hardSeconds: 2 }
    const address = await harness.request('echo', { workMs: 60_000, stubborn: true }, 'stubborn', { limits })
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({ status: 'failed', failure: { code: 'task_timeout' } })
    expect(Date.parse(job.finishedAt ?? '') - Date.parse(job.startedAt ?? '')).toBeLessThan(30_000)
  })

  it('tells how far it is, never backwards, and the pages that it works on', async () => {
    const told: Progress[] = []
    const contentTypes = new Set<string | undefined>()
    // It goes on once the pages were told: of what is quick nothing is told.
    const until = path.join(harness.config.DATA_DIR, 'were-told')
    const address = await harness.request('echo', { until }, 'progress')
    const subscription = harness.connection.subscribe(`progress.default.testing.echo.${address.jobId}`, {
      callback: (_, message) => {
        told.push(JobProgressed.parse(message.json()).data)
        contentTypes.add(message.headers?.get('content-type'))
      },
    })
    await expect.poll(() => told.at(-1)).toMatchObject({ pages: 7 })
    await appendFile(until, 'now\n')
    const { measures } = await harness.when(address, isDecided)
    subscription.unsubscribe()
    expect(told.at(-1)).toMatchObject({ pages: 7 })
    expect([...contentTypes]).toEqual(['application/cloudevents+json'])
    expect(measures?.pages).toBe(7)
    const percentages = told.map(({ percentage }) => percentage)
    expect(percentages).toEqual(percentages.toSorted((a, b) => a - b))
  })
})

/** A job that is at work until it is told to end. */
async function atWork(own: Harness): Promise<{ address: JobAddress; end: () => Promise<void> }> {
  const [notes, until] = ['notes', 'until'].map((name) => path.join(own.config.DATA_DIR, name))
  const address = await own.request('hold', { does: 'wait', notes, until }, 'held')
  await own.when(address, ({ status }) => status === 'running')
  return { address, end: () => appendFile(until ?? '', 'now\n') }
}

describe('a worker that is stopped', () => {
  it('lets a running job finish', async () => {
    const own = await openHarness()
    const worker = await own.work()
    const { address, end } = await atWork(own)
    const stopped = worker.stop()
    await end()
    await stopped
    expect(await own.job(address)).toMatchObject({ status: 'completed', attempt: 1 })
    await own.close()
  })

  it('hands a long job back without using up a retry', async () => {
    const own = await openHarness()
    const worker = await own.work({ DRAIN_SECONDS: 0 })
    const { address, end } = await atWork(own)
    await worker.stop()
    const waiting = await own.job(address)
    expect(waiting).toMatchObject({ attempt: 1, retries: 0, failure: { code: 'shutting_down' } })
    await end()
    await own.work()
    expect(await own.when(address, isDecided)).toMatchObject({ status: 'completed', attempt: 2, retries: 0 })
    await own.close()
  })
})

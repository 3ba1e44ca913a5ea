import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobRequestedData } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { describe, expect, it } from 'vitest'
import { type Harness, openHarness } from '../testing/harness.ts'

type Bench = Harness & { place: (name: string) => string; otherWorker: () => Promise<void> }

/** A system, with workers in processes of their own where they are asked for. */
async function open(pace: string): Promise<AsyncDisposable & Bench> {
  const harness = await openHarness({ PDF_SMALLER_RETRY_PACE: pace })
  const children: ChildProcess[] = []
  const { config, server } = harness
  return {
    ...harness,
    place: (name) => path.join(config.DATA_DIR, name),
    otherWorker: async () => {
      const child = fork(new URL('../testing/process.ts', import.meta.url), {
        env: {
          PATH: process.env['PATH'],
          PDF_SMALLER_DATA_DIR: config.DATA_DIR,
          PDF_SMALLER_NATS_URL: server.url,
          PDF_SMALLER_RETRY_PACE: pace,
          PDF_SMALLER_LOG_LEVEL: 'silent',
          PDF_SMALLER_STORAGE_DURABLE: 'false',
        },
        execArgv: [],
      })
      children.push(child)
      await once(child, 'message')
    },
    [Symbol.asyncDispose]: async () => {
      for (const child of children) child.kill('SIGKILL')
      await harness.close()
    },
  }
}

const pidsIn = async (file: string) => (await readFile(file, 'utf8')).split('\n').filter(Boolean).map(Number)
/** A process that nobody has waited for yet is a zombie (Z), not alive. */
const isAlive = async (pid: number) => {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '0 () Z')
  return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z'
}

const patience = { timeout: 60_000 }

const brief = (retries: number): Partial<JobRequestedData> => ({
  limits: { retries, softSeconds: 1, hardSeconds: 1 },
})
const whenRedelivered = ({ store }: Harness) =>
  expect.poll(async () => (await store.lag('testing')).redelivered, patience).toBe(1)

describe.concurrent('a suspect that blocks its loop', { timeout: 120_000 }, () => {
  it('is killed with all that it has started, and the worker tells how its attempt ended', async ({
    expect,
  }) => {
    await using harness = await open('0.02')
    const { place } = harness
    await harness.work()
    const kinds = [
      { notes: place('loop'), spin: true },
      { notes: place('engine'), engine: true },
    ]
    const addresses = await Promise.all(
      kinds.map((kind, n) => harness.request('hold', { ...kind, timesOutFirst: true }, `${n}`, brief(1))),
    )
    for (const address of addresses) {
      const job = await harness.when(address, isDecided, 60_000)
      expect(job).toMatchObject({ status: 'failed', attempt: 2, failure: { code: 'task_timeout' } })
      expect(job.failure?.message).toContain('had to be killed')
    }
    const [[first, ...loop] = [], [, ...engine] = []] = await Promise.all(
      kinds.map(({ notes }) => pidsIn(notes)),
    )
    expect(first).toBe(process.pid)
    expect([loop.length, engine.length]).toEqual([1, 3])
    for (const pid of [...loop, ...engine]) await expect.poll(() => isAlive(pid), patience).toBe(false)
    await expect.poll(async () => (await harness.store.lag('testing')).out, patience).toBe(0)
    await expect.poll(() => harness.workspaces(), patience).toEqual([])
  })

  it('is killed, too, when its worker stops and it does not hand its job back', async ({ expect }) => {
    await using harness = await open('0.02')
    const { place } = harness
    const worker = await harness.work({ DRAIN_SECONDS: 0 })
    const notes = place('notes')
    const address = await harness.request('hold', { notes, timesOutFirst: true }, 'x')
    await harness.when(address, ({ attempt }) => attempt === 2, 60_000)
    await expect.poll(() => pidsIn(notes), patience).toHaveLength(2)
    await worker.stop()
    const [, suspect = 0] = await pidsIn(notes)
    await expect.poll(() => isAlive(suspect), patience).toBe(false)
    expect((await harness.job(address)).status).toBe('running')
  })

  it('does not outlive a worker that is killed', async ({ expect }) => {
    await using harness = await open('0.02')
    const notes = harness.place('notes')
    await harness.otherWorker()
    await harness.request('hold', { notes, timesOutFirst: true }, 'x')
    await expect.poll(() => pidsIn(notes).catch(() => []), patience).toHaveLength(2)
    const [worker = 0, suspect = 0] = await pidsIn(notes)
    process.kill(worker, 'SIGKILL')
    await expect.poll(() => isAlive(suspect), patience).toBe(false)
  })

  it('is one, from its second start on, that blocked a whole worker', async ({ expect }) => {
    await using harness = await open('0.02')
    const { place } = harness
    await harness.otherWorker()
    const address = await harness.request('hold', { notes: place('notes') }, 'x', brief(1))
    await harness.when(address, ({ status }) => status === 'running')
    await harness.work()
    const job = await harness.when(address, ({ status }) => status === 'retrying', 60_000)
    expect(job).toMatchObject({ attempt: 2, lost: 1, failure: { code: 'task_timeout' } })
    const pids = await pidsIn(place('notes'))
    expect(new Set([...pids, process.pid]).size).toBe(3)
  })
})

describe('a worker whose signs of life are late', () => {
  // Longer than the first silence, and shorter than it is waited for an answer.
  const blockMs = 1700

  it('goes on with a job that is given out to it again', async () => {
    await using harness = await open('0.1')
    const { place } = harness
    await harness.work()
    const until = place('go on')
    const address = await harness.request('hold', { notes: place('notes'), blockMs, until }, 'x')
    await whenRedelivered(harness)
    await writeFile(until, 'now\n')
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({ status: 'completed', attempt: 1, result: { pid: process.pid } })
    await expect.poll(async () => (await harness.store.lag('testing')).out, patience).toBe(0)
  })

  it('goes on with a job that is given out to another one, which asks it first', async () => {
    await using harness = await open('0.1')
    const { place } = harness
    await harness.otherWorker()
    const until = place('go on')
    const address = await harness.request('hold', { notes: place('notes'), blockMs, until }, 'x')
    await harness.when(address, ({ status }) => status === 'running')
    await harness.work()
    await whenRedelivered(harness)
    await writeFile(until, 'now\n')
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({ status: 'completed', attempt: 1 })
    expect(job.result).not.toEqual({ pid: process.pid })
    await expect.poll(async () => (await harness.store.lag('testing')).out, patience).toBe(0)
  })
})

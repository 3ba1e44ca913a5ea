import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobAddress, JobRequestedData } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { command } from '@pdf-smaller/platform'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { smallDisk } from '@pdf-smaller/testing/small-disk'
import { author, type Harness, openHarness } from '../testing/harness.ts'
import { steps } from '../testing/hold.ts'
import { isAlive, pidsIn, startedWorker } from '../testing/processes.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openHarness()
})
afterEach(() => harness.close())

const patience = { timeout: 60_000 }
const place = (name: string) => path.join(harness.config.DATA_DIR, name)
const whenNoted = async (file: string, count: number): Promise<number[]> => {
  await expect.poll(() => pidsIn(file), patience).toHaveLength(count)
  return pidsIn(file)
}
const held = (does: string, limits?: Partial<JobRequestedData['limits']>, notes = does) =>
  harness.request('hold', { does, notes: place(notes) }, does, {
    limits: { retries: 0, softSeconds: 60, hardSeconds: 70, ...limits },
  })

/** Everything that attempts had started has ended, and they have left nothing but those of others. */
async function expectNothingLeft(pids: readonly number[], others = 0): Promise<void> {
  for (const pid of pids) await expect.poll(() => isAlive(pid), patience).toBe(false)
  // One of the attempt, one in the folder of its host.
  await expect.poll(async () => (await harness.workspaces()).length, patience).toBe(2 * others)
  if (others === 0) await expect.poll(async () => (await harness.store.lag('testing')).out, patience).toBe(0)
}

/** A job of another host, at work while `meanwhile` runs: it is not to feel anything of that. */
async function withNeighbour(meanwhile: () => Promise<void>): Promise<void> {
  const [notes, until] = [place('neighbour'), place('go on')]
  const address = await harness.request('hold', { does: 'wait', notes, until }, 'neighbour')
  await whenNoted(notes, 1)
  await meanwhile()
  await appendFile(until, 'now\n')
  expect(await harness.when(address, isDecided)).toMatchObject({
    status: 'completed',
    attempt: 1,
    retries: 0,
  })
}

async function cancel(address: JobAddress): Promise<void> {
  await command(harness.store, address, { type: 'Cancel', by: 'me', reason: '' }, author)
}

describe('a task host', () => {
  it('is kept for the next job of the same tenant, and no other', async () => {
    await harness.work()
    const notes = place('pids')
    const pidOf = async (tenant: string) => {
      await harness.when(
        await harness.request('hold', { does: 'wait', notes, until: notes }, 'x', { tenant }),
        isDecided,
      )
      // It is there again when it has been tidied up, which its outcome did not wait for.
      await expect.poll(() => harness.workspaces(), patience).toEqual([])
      return (await pidsIn(notes)).at(-1)
    }
    const [first, second, other] = [await pidOf('default'), await pidOf('default'), await pidOf('other')]
    expect(second).toBe(first)
    expect(other).not.toBe(first)
    expect(first).not.toBe(process.pid)
  })

  it.each(steps)('that is killed when its attempt is %s costs that attempt alone', async (stopsAt) => {
    await harness.work()
    await withNeighbour(async () => {
      const notes = place('steps')
      const address = await harness.request('step-by-step', { notes, stopsAt }, 'x')
      const inEngine = stopsAt === 'in an engine'
      const [noted = 0, ...more] = await whenNoted(notes, inEngine ? 2 : 1)
      process.kill(noted, 'SIGKILL')
      const failed = await harness.when(address, ({ status }) => status === 'retrying')
      expect(failed.failure).toMatchObject(
        inEngine
          ? { code: 'out_of_memory', message: expect.stringContaining('sh was ended by SIGKILL') }
          : { code: 'host_died', message: expect.stringContaining('it was ended by SIGKILL') },
      )
      const job = await harness.when(address, isDecided, 60_000)
      const restored = stopsAt !== 'begun'
      expect(job).toMatchObject({ status: 'completed', attempt: 2, result: { restored } })
      expect(job.outputs.map(({ key }) => path.basename(key))).toEqual(['late.txt', '1-early.txt'])
      expect(job.outputs.every(({ key }) => key.includes('/out/2/'))).toBe(true)
      await expectNothingLeft([noted, ...more], 1)
    })
  })

  it('that blocks its loop is ended at the hard limit, and within a second of a cancel', async () => {
    await harness.work()
    await withNeighbour(async () => {
      const limited = await held('spin', { softSeconds: 3, hardSeconds: 3 }, 'limited')
      const job = await harness.when(limited, isDecided)
      expect(job).toMatchObject({ status: 'failed', attempt: 1, failure: { code: 'task_timeout' } })
      const cancelled = await held('spin')
      const [pid = 0] = await whenNoted(place('spin'), 1)
      await cancel(cancelled)
      await expect.poll(() => isAlive(pid)).toBe(false)
      await expectNothingLeft([pid], 1)
    })
  })

  it('that somebody stops is ended, and its job goes on in another', async () => {
    await harness.work()
    const [notes, until] = [place('stopped'), place('stopped-until')]
    const address = await harness.request('hold', { does: 'wait', notes, until }, 'x')
    const [pid = 0] = await whenNoted(notes, 1)
    process.kill(pid, 'SIGSTOP')
    const failed = await harness.when(address, ({ status }) => status === 'retrying', 60_000)
    expect(failed.failure).toMatchObject({
      code: 'host_died',
      message: expect.stringContaining('fell silent'),
    })
    await appendFile(until, 'now\n')
    expect(await harness.when(address, isDecided)).toMatchObject({ status: 'completed', attempt: 2 })
    await expectNothingLeft([pid])
  })

  it('that takes memory without end is ended at its bound', async () => {
    await harness.close()
    harness = await openHarness({ PDF_SMALLER_TASK_MEMORY_MB: '4096,hold=300' })
    await harness.work()
    await withNeighbour(async () => {
      const job = await harness.when(await held('allocate'), isDecided)
      expect(job).toMatchObject({ status: 'failed', attempt: 1, failure: { code: 'out_of_memory' } })
      expect(job.failure?.message).toContain('more than 300 MiB in all')
      await expectNothingLeft(await pidsIn(place('allocate')), 1)
    })
  })

  it('takes its engines along, and what they have started, and gives back the cores that it was lent', async () => {
    await harness.work()
    await withNeighbour(async () => {
      // There are two cores: where one is not given back, the third has none.
      for (const round of ['first', 'second', 'third']) {
        const address = await held('run an engine', {}, round)
        const pids = await whenNoted(place(round), 3)
        await cancel(address)
        await expectNothingLeft(pids, 1)
      }
    })
  })

  it('that fills the disk tells so, and makes room', async () => {
    await using disk = await smallDisk(8)
    await harness.close()
    harness = await openHarness({ PDF_SMALLER_WORK_DIR: disk.folder })
    await harness.work()
    const job = await harness.when(await held('fill'), isDecided)
    expect(job).toMatchObject({ status: 'failed', attempt: 1, failure: { code: 'work_disk_full' } })
    await expectNothingLeft([])
    expect(await harness.when(await harness.request('echo', {}, 'room'), isDecided)).toMatchObject({
      status: 'completed',
    })
    await harness.close()
  })

  it('ends with its worker, however that ends', async () => {
    const worker = await startedWorker(harness)
    await held('spin')
    await held('run an engine')
    const pids = [
      ...(await whenNoted(place('spin'), 1)),
      ...(await whenNoted(place('run an engine'), 3)).slice(0, 2),
    ]
    worker.kill('SIGKILL')
    for (const pid of pids) await expect.poll(() => isAlive(pid), patience).toBe(false)
  })

  it('hands its job back when its worker stops, even if it blocks its loop', async () => {
    const worker = await harness.work({ DRAIN_SECONDS: 0 })
    const address = await held('spin')
    const pids = await whenNoted(place('spin'), 1)
    await worker.stop()
    expect(await harness.job(address)).toMatchObject({
      attempt: 1,
      retries: 0,
      failure: { code: 'shutting_down' },
    })
    for (const pid of pids) await expect.poll(() => isAlive(pid), patience).toBe(false)
    await cancel(address)
  })
})

describe('a worker that falls silent', () => {
  const patient = { timeout: 60_000 }

  it.each([
    { kind: 'for a moment goes on with its job', taken: 1 },
    { kind: 'until its job is taken over writes nothing any more', taken: 2 },
  ])('$kind', async ({ taken }) => {
    await harness.close()
    // Silence is noticed after 3 s, and an answer waited for as long: what a busy machine may take to see that.
    harness = await openHarness({ PDF_SMALLER_RETRY_PACE: '0.2' })
    const silent = await startedWorker(harness)
    const [notes, until] = [place('notes'), place('until')]
    const address = await harness.request('hold', { does: 'wait', notes, until }, 'x')
    await whenNoted(notes, 1)
    silent.kill('SIGSTOP')
    await harness.work()
    const redelivered = async () => (await harness.store.lag('testing')).redelivered
    if (taken === 1) await expect.poll(redelivered, patient).toBe(1)
    else await whenNoted(notes, 2)
    silent.kill('SIGCONT')
    await appendFile(until, 'now\n')
    const job = await harness.when(address, isDecided)
    expect(job).toMatchObject({ status: 'completed', attempt: taken, retries: 0 })
    await expectNothingLeft([])
    const stream = `pdf.${job.tenant}.${job.domain}.${job.task}.${job.id}`
    const outcomes = (await Array.fromAsync(harness.store.history(stream))).filter(({ subject }) =>
      subject.endsWith('.outcome'),
    )
    expect(outcomes).toHaveLength(1)
    silent.kill('SIGKILL')
  })
})

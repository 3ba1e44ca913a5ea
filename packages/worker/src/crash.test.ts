import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { JobAddress, JobView } from '@pdf-smaller/contracts'
import { isDecided } from '@pdf-smaller/domain'
import { command } from '@pdf-smaller/platform'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { author, type Harness, openHarness } from '../testing/harness.ts'
import { forkWorker } from '../testing/processes.ts'

let harness: Harness
let kept: { end: () => void }[]
beforeEach(async () => {
  // Silence is noticed after 0.9 s, and an answer waited for as long: a busy machine keeps no process waiting for both.
  harness = await openHarness({ PDF_SMALLER_RETRY_PACE: '0.06' })
  kept = []
})
afterEach(async () => {
  for (const { end } of kept) end()
  await harness.close()
})

/** Starts a worker process, and another one whenever it dies. */
function keepWorking(): { kill: () => void; stop: () => Promise<void> } {
  let child: ChildProcess
  let stopped = false
  const start = () => {
    child = forkWorker(harness)
    child.once('exit', () => {
      if (!stopped) start()
    })
  }
  start()
  kept.push({
    end: () => {
      stopped = true
      child.kill('SIGKILL')
    },
  })
  return {
    kill: () => child.kill('SIGKILL'),
    stop: async () => {
      stopped = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function outcomes(addresses: JobAddress[], ms = 60_000): Promise<JobView[]> {
  return Promise.all(addresses.map((address) => harness.when(address, isDecided, ms)))
}

/** Every job has one outcome event, every object belongs to a job and to the attempt that counts, and nothing is left. */
async function expectNothingLost(jobs: JobView[]): Promise<void> {
  for (const job of jobs) {
    const history = await Array.fromAsync(
      harness.store.history(`pdf.${job.tenant}.${job.domain}.${job.task}.${job.id}`),
    )
    expect(history.filter(({ subject }) => subject.endsWith('.outcome'))).toHaveLength(1)
  }
  const owned = new Set(jobs.flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ key }) => key)))
  const stray: string[] = []
  for await (const { key } of harness.objects.list('')) if (!owned.has(key)) stray.push(key)
  expect(stray).toEqual([])
  await expect.poll(async () => (await harness.store.lag('testing')).out).toBe(0)
  await expect.poll(() => harness.workspaces()).toEqual([])
}

describe('jobs under kills', () => {
  it('go on behind the last part that was finished', async () => {
    const worker = keepWorking()
    const address = await harness.request('count', { end: 'crash' }, 'numbers')
    const [job] = await outcomes([address])
    expect(job).toMatchObject({ status: 'completed', attempt: 2, result: { restored: 6 } })
    await worker.stop()
    await expectNothingLost(job ? [job] : [])
  })

  it('end with one outcome each when workers are killed, poison files among them, and some are cancelled', async () => {
    const workers = [keepWorking(), keepWorking()]
    const addresses: JobAddress[] = []
    const poison: string[] = []
    // The matrix allows a host that died four retries, as it does a lost worker.
    const limits = { retries: 4, softSeconds: 60, hardSeconds: 70 }
    for (let n = 0; n < 100; n++) {
      const crash = n === 20 || n === 60
      const options =
        n % 15 === 11
          ? { workMs: 30_000 }
          : { workMs: 20, crash, failUntil: n % 15 === 7 ? 2 : 0, code: 'storage_unavailable' }
      const address = await harness.request('echo', options, `content ${n}`, { limits })
      addresses.push(address)
      if (crash) poison.push(address.jobId)
      if (n === 35) workers[0]?.kill()
      if (n === 75) workers[1]?.kill()
    }
    const long = addresses.filter((_, n) => n % 15 === 11)
    await Promise.all(long.map((address) => harness.when(address, ({ attempt }) => attempt > 0, 60_000)))
    for (const address of long)
      await command(harness.store, address, { type: 'Cancel', by: 'test', reason: '' }, author)
    const jobs = await outcomes(addresses)
    const failed = jobs.filter(({ status }) => status === 'failed')
    expect(failed.map(({ id }) => id).sort()).toEqual(poison.sort())
    expect(failed.map(({ failure, attempt }) => [failure?.code, attempt])).toEqual([
      ['host_died', 5],
      ['host_died', 5],
    ])
    // A kill costs whoever was at work in that worker an attempt, and poison nobody but itself.
    for (const { lost = 0, id } of jobs) expect(lost, id).toBeLessThanOrEqual(workers.length)
    expect(jobs.filter(({ status }) => status === 'cancelled')).toHaveLength(long.length)
    await Promise.all(workers.map((worker) => worker.stop()))
    await expectNothingLost(jobs)
  })

  it('end with one outcome each when the event store is killed in the middle of the queue', async () => {
    const worker = keepWorking()
    const addresses: JobAddress[] = []
    for (let n = 0; n < 100; n++) {
      addresses.push(await harness.request('echo', { workMs: 10 }, `content ${n}`))
      if (n === 30 || n === 65) {
        await harness.server.kill()
        void harness.server.start()
        await wait(0)
      }
    }
    const jobs = await outcomes(addresses)
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['completed']))
    await worker.stop()
    await expectNothingLost(jobs)
  })
})

import { hash } from 'node:crypto'
import { failureOf, JobFailure, type JobView } from '@pdf-smaller/contracts'
import { Activity } from '@pdf-smaller/contracts/http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { act, complete, type Harness, jobIn, openHarness, post, start } from '../../testing/harness.ts'

let gateway: Harness
beforeAll(async () => {
  const key = (id: string, more = {}) => ({
    id,
    tenant: id,
    sha256: hash('sha256', id, 'hex'),
    scopes: ['admin' as const, 'submit' as const, 'read' as const],
    ...more,
  })
  gateway = await openHarness({ keys: [key('one', { allTenants: true }), key('two')] })
})
afterAll(() => gateway.close())

const as = (id: string) => ({ authorization: `Bearer ${id}` })

async function request(id: string): Promise<JobView> {
  const { id: jobId } = await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}, as(id)))
  const job = gateway.projection.get(jobId)
  if (!job) throw new Error('the job is not there')
  return job
}

async function fail(job: JobView): Promise<void> {
  const { attempt } = await start(gateway, job)
  const failure = failureOf(new JobFailure('damaged_pdf', 'no pages'))
  await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
}

const ask = (query: string, id = 'one') => fetch(`${gateway.url}/api/activity?${query}`, { headers: as(id) })

/** The hours together: a test may run over the full hour. */
async function totals(query: string, id?: string) {
  const { hours } = Activity.parse(await (await ask(query, id)).json())
  const sum = (of: 'completed' | 'failed' | 'cancelled' | 'open') =>
    hours.reduce((total, hour) => total + hour[of], 0)
  const damaged = hours.reduce((total, { codes }) => total + (codes['damaged_pdf'] ?? 0), 0)
  return {
    completed: sum('completed'),
    failed: sum('failed'),
    cancelled: sum('cancelled'),
    open: sum('open'),
    damaged,
  }
}

it('jobs of the last hours are counted by what became of them, for those who may know', async () => {
  await complete(gateway, await request('one'))
  await request('one')
  await fail(await request('two'))
  await fail(await request('two'))
  const own = { completed: 1, failed: 0, cancelled: 0, open: 1, damaged: 0 }
  expect(await totals('hours=2')).toEqual(own)
  expect(await totals('tenant=*')).toEqual({ ...own, failed: 2, damaged: 2 })
  expect(await totals('', 'two')).toEqual({ completed: 0, failed: 2, cancelled: 0, open: 0, damaged: 2 })
  expect((await ask('tenant=one', 'two')).status).toBe(403)
  expect((await ask('hours=0')).status).toBe(400)
})

it('hours without jobs are told too, the oldest first, and how long things are kept', async () => {
  const { hours, kept } = Activity.parse(await (await ask('hours=48')).json())
  expect(hours).toHaveLength(48)
  const times = hours.map(({ at }) => Date.parse(at))
  expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(
    new Set([3_600_000]),
  )
  expect(hours[0]).toMatchObject({ completed: 0, open: 0, codes: {} })
  expect(kept).toMatchObject({ completedDays: expect.any(Number), uploadSeconds: 86_400 })
})

import { describeFailure, type FailureCode } from '@pdf-smaller/contracts'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  act,
  aPdf,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  start,
} from '../../../testing/harness.ts'
import { JobAnswer } from '@pdf-smaller/contracts/http'
import { Redrive } from '@pdf-smaller/contracts/http'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

async function failed(code: FailureCode, tag: string): Promise<JobAnswer> {
  const job = await jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf()], { tag })))
  const { attempt } = await start(gateway, job)
  const failure = describeFailure(code)
  await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
  return job
}

async function redrive(body: object): Promise<Redrive> {
  return Redrive.parse(await (await post(`${gateway.url}/api/redrive`, body)).json())
}

describe('redriving', () => {
  it('lists failed jobs by code first, and then runs each of them again once', async () => {
    const [one, two] = [await failed('damaged_pdf', 'a'), await failed('damaged_pdf', 'b')]
    await failed('encrypted_pdf', 'a')
    const dry = await redrive({ code: 'damaged_pdf' })
    expect(dry).toMatchObject({ dryRun: true, retried: 2, skipped: 0, more: false })
    expect(dry.jobs.map(({ id, retriedAs }) => [id, retriedAs])).toEqual([
      [two.id, undefined],
      [one.id, undefined],
    ])
    expect((await redrive({ code: 'damaged_pdf', limit: 1 })).more).toBe(true)

    const done = await redrive({ code: 'damaged_pdf', dryRun: false })
    expect(done).toMatchObject({ dryRun: false, retried: 2 })
    const again = await jobIn(await fetch(`${gateway.url}/api/jobs/${done.jobs[1]?.retriedAs}`), 200)
    expect(again).toMatchObject({ retryOf: one.id, status: 'queued', tag: 'a', inputs: [{ size: 2000 }] })
    expect(again.inputs[0]?.key).toContain(again.id)

    const [third, fourth] = await Promise.all(
      [1, 2].map(() => redrive({ code: 'damaged_pdf', dryRun: false })),
    )
    expect(third).toMatchObject({ retried: 0, skipped: 2, jobs: [{ skipped: 'retried before' }, {}] })
    expect(fourth?.retried).toBe(0)
  })

  it('runs a job once, also when two ask at the same time', async () => {
    await failed('too_many_pages', 'race')
    const both = await Promise.all([1, 2].map(() => redrive({ tag: 'race', dryRun: false })))
    expect(both.reduce((sum, { retried }) => sum + retried, 0)).toBe(1)
  })

  it('reaches every job page by page, also those of one moment, and keeps tag and batch', async () => {
    const files = form(Array(5).fill(aPdf()), { tag: 'many' })
    const answer = await post(`${gateway.url}/api/jobs/echo/batch`, files)
    const { batchId, jobs } = z
      .object({ batchId: z.string(), jobs: z.array(JobAnswer) })
      .parse(await answer.json())
    const failure = describeFailure('damaged_pdf')
    for (const job of jobs) {
      const { attempt } = await start(gateway, job)
      await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
    }
    const reached: string[] = []
    const retriedAs: string[] = []
    for (let cursor: string | undefined, page = 0; page === 0 || cursor; page++) {
      const done = await redrive({ batchId, dryRun: false, limit: 2, ...(cursor ? { cursor } : {}) })
      reached.push(...done.jobs.map(({ id }) => id))
      retriedAs.push(...done.jobs.map((job) => job.retriedAs ?? ''))
      cursor = done.nextCursor
      expect(done.more).toBe(cursor !== undefined)
    }
    expect(reached.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted())
    for (const id of retriedAs) {
      const again = await jobIn(await fetch(`${gateway.url}/api/jobs/${id}`), 200)
      expect(again).toMatchObject({ tag: 'many', batchId })
    }
    const wrong = await post(`${gateway.url}/api/redrive`, { cursor: 'nonsense' })
    expect(await problemIn(wrong)).toMatchObject({ code: 'invalid_request' })
  })

  it('tells what was done when the store goes away in the middle, and goes on behind it', async () => {
    for (let job = 0; job < 3; job++) await failed('damaged_pdf', 'midway')
    let copies = 0
    const replica = await gateway.replica({
      objects: {
        ...gateway.objects,
        copy: (from, to) =>
          ++copies === 2
            ? Promise.reject(new ObjectStoreError('unavailable', to, 'no answer'))
            : gateway.objects.copy(from, to),
      },
    })
    const body = { tag: 'midway', dryRun: false }
    const first = Redrive.parse(await (await post(`${replica.url}/api/redrive`, body)).json())
    expect(first).toMatchObject({ retried: 1, more: true })
    const rest = { ...body, cursor: first.nextCursor }
    const second = Redrive.parse(await (await post(`${replica.url}/api/redrive`, rest)).json())
    expect(second).toMatchObject({ retried: 2, skipped: 0, more: false })
  })

  it('waits for a gateway that knows all jobs', async () => {
    await failed('damaged_pdf', 'early')
    const replica = await gateway.replica()
    const behind = vi.spyOn(replica.projection, 'caughtUp').mockReturnValue(false)
    const body = { tag: 'early', dryRun: false }
    const early = await problemIn(await post(`${replica.url}/api/redrive`, body))
    expect(early).toMatchObject({ status: 503, code: 'starting_up', retryable: true })
    behind.mockRestore()
    const answer = await post(`${replica.url}/api/redrive`, body)
    expect(Redrive.parse(await answer.json())).toMatchObject({ retried: 1, more: false })
  })

  it('passes over jobs whose files are gone', async () => {
    const job = await failed('too_many_pixels', 'gone')
    await fetch(`${gateway.url}/api/jobs/${job.id}`, { method: 'DELETE' })
    expect(await redrive({ tag: 'gone', dryRun: false })).toMatchObject({
      retried: 0,
      jobs: [{ id: job.id, code: 'too_many_pixels', skipped: 'files are gone' }],
    })
  })

  it('refuses what it does not know, and lists by code', async () => {
    const wrong = await post(`${gateway.url}/api/redrive`, { code: 'nonsense' })
    expect(await problemIn(wrong)).toMatchObject({ code: 'invalid_request' })
    const list = await fetch(`${gateway.url}/api/jobs?code=encrypted_pdf`)
    const { jobs } = z.object({ jobs: z.array(z.unknown()) }).parse(await list.json())
    expect(jobs).toHaveLength(1)
  })
})

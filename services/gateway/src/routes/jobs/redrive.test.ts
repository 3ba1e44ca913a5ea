import { describeFailure, type FailureCode } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import type { JobAnswer } from '../../jobs/answer.ts'
import { Redrive } from '../../jobs/redrive.ts'

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
  return Redrive.parse(await (await post(`${gateway.url}/api/jobs/retry`, body)).json())
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

  it('passes over jobs whose files are gone', async () => {
    const job = await failed('too_many_pixels', 'gone')
    await fetch(`${gateway.url}/api/jobs/${job.id}`, { method: 'DELETE' })
    expect(await redrive({ tag: 'gone', dryRun: false })).toMatchObject({
      retried: 0,
      jobs: [{ id: job.id, code: 'too_many_pixels', skipped: 'files are gone' }],
    })
  })

  it('refuses what it does not know, and lists by code', async () => {
    const wrong = await post(`${gateway.url}/api/jobs/retry`, { code: 'nonsense' })
    expect(await problemIn(wrong)).toMatchObject({ code: 'invalid_request' })
    const list = await fetch(`${gateway.url}/api/jobs?code=encrypted_pdf`)
    const { jobs } = z.object({ jobs: z.array(z.unknown()) }).parse(await list.json())
    expect(jobs).toHaveLength(1)
  })
})

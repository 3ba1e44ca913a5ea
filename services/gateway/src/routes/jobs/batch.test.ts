import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aPdf, form, type Harness, openHarness, post, problemIn, until } from '../../../testing/harness.ts'
import { JobAnswer } from '@pdf-smaller/contracts/http'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness({ env: { PDF_SMALLER_MAX_FILES: '5' } })
})
afterAll(() => gateway.close())

const BatchAnswer = z.object({ batchId: z.string(), jobs: z.array(JobAnswer) })

async function batchIn(answer: Response) {
  expect(answer.status).toBe(202)
  return BatchAnswer.parse(await answer.json())
}

const count = () => gateway.projection.list('default', {}, 200).jobs.length

describe('a batch', () => {
  it('of named jobs is accepted as a whole', async () => {
    const jobs = Array.from({ length: 120 }, (_, n) => ({ task: 'noop', tag: `t${n}` }))
    const answer = await post(`${gateway.url}/api/jobs`, { jobs })
    const batch = await batchIn(answer)
    expect(answer.headers.get('location')).toBe(`/api/jobs?batchId=${batch.batchId}`)
    expect(batch.jobs.map(({ tag }) => tag)).toEqual(jobs.map(({ tag }) => tag))
    expect(new Set(batch.jobs.map(({ correlationId }) => correlationId))).toEqual(new Set([batch.batchId]))
    const listed = await fetch(`${gateway.url}${answer.headers.get('location')}&limit=200`)
    expect(await listed.json()).toMatchObject({ jobs: { length: 120 } })
  })

  it('takes a thousand jobs and no more', async () => {
    const jobs = (length: number) => Array.from({ length }, () => ({ task: 'noop' }))
    expect((await batchIn(await post(`${gateway.url}/api/jobs`, { jobs: jobs(1000) }))).jobs).toHaveLength(
      1000,
    )
    expect((await post(`${gateway.url}/api/jobs`, { jobs: jobs(1001) })).status).toBe(400)
    const startAt = new Date(Date.now() + 60_000).toISOString()
    const waiting = jobs(501).map((job) => ({ ...job, startAt }))
    expect(await problemIn(await post(`${gateway.url}/api/jobs`, { jobs: waiting }))).toMatchObject({
      status: 400,
    })
  })

  it('of files gives a job for each', async () => {
    const files = form(
      [
        ['a.pdf', aPdf(100)],
        ['b.pdf', aPdf(200)],
        ['c.pdf', aPdf(300)],
      ],
      { dpi: '72', tag: 'three' },
    )
    const { jobs, batchId } = await batchIn(await post(`${gateway.url}/api/jobs/echo/batch`, files))
    expect(jobs.map(({ inputs: [input] }) => [input?.name, input?.size])).toEqual([
      ['a.pdf', 100],
      ['b.pdf', 200],
      ['c.pdf', 300],
    ])
    for (const job of jobs) {
      expect(job).toMatchObject({ batchId, tag: 'three', options: { dpi: 72 } })
      expect(await gateway.objects.stat(job.inputs[0]?.key ?? '')).toEqual(job.inputs[0])
    }
    expect(await gateway.schedules()).toEqual([])
  })

  const noop = { task: 'noop' }
  it.each([
    ['a wrong option', { jobs: [noop, { task: 'noop', options: { a: 1 } }] }, 'invalid_options'],
    ['an unknown task', { jobs: [noop, { task: 'nothing' }] }, 'unknown_task'],
    ['a missing file', { jobs: [noop, { task: 'echo' }] }, 'missing_file'],
    ['no jobs', { jobs: [] }, 'invalid_request'],
  ])('with %s is refused as a whole', async (_, body, code) => {
    const before = count()
    expect(await problemIn(await post(`${gateway.url}/api/jobs`, body))).toMatchObject({ code })
    expect(count()).toBe(before)
  })

  it.each([
    ['a file that is none', 'echo', form([aPdf(), 'nonsense']), 'not_a_pdf'],
    ['a wrong option', 'echo', form([aPdf(), aPdf()], { dpi: 'x' }), 'invalid_options'],
    ['too many files', 'echo', form(Array.from({ length: 6 }, () => aPdf())), 'too_many_files'],
    ['no file', 'echo', form([]), 'missing_file'],
    ['a task that joins files', 'gather', form([aPdf(), aPdf()]), 'invalid_request'],
    ['no form', 'echo', {}, 'unsupported_media_type'],
  ])('of files with %s is refused as a whole, and leaves nothing behind', async (_, task, body, code) => {
    const before = [await gateway.keys(), count()]
    expect(await problemIn(await post(`${gateway.url}/api/jobs/${task}/batch`, body))).toMatchObject({ code })
    await until(async () => (await gateway.schedules()).every((subject) => !subject.startsWith('due.upload')))
    expect([await gateway.keys(), count()]).toEqual(before)
  })

  it('is repeated under the same key, and refused where it is another', async () => {
    const key = { 'idempotency-key': 'batch-1' }
    const jobs = [
      { task: 'noop', tag: 'r1' },
      { task: 'noop', tag: 'r2' },
    ]
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post(`${gateway.url}/api/jobs`, { jobs }, key)),
    )
    const batches = await Promise.all(answers.map((answer) => batchIn(answer)))
    expect(new Set(batches.flatMap((batch) => batch.jobs.map(({ id }) => id))).size).toBe(2)
    for (const other of [[...jobs, ...jobs], jobs.slice(0, 1), [...jobs].reverse()]) {
      const problem = await problemIn(await post(`${gateway.url}/api/jobs`, { jobs: other }, key))
      expect(problem).toMatchObject({ code: 'idempotency_conflict' })
    }
    expect(gateway.projection.list('default', { tag: 'r1' }, 10).jobs).toHaveLength(1)
  })

  it('is another request than its only job', async () => {
    const key = { 'idempotency-key': 'batch-2' }
    await batchIn(await post(`${gateway.url}/api/jobs`, { jobs: [{ task: 'noop' }] }, key))
    const problem = await problemIn(await post(`${gateway.url}/api/jobs/noop`, {}, key))
    expect(problem).toMatchObject({ code: 'idempotency_conflict' })
  })
})

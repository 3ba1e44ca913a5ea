import { JobEvent, StatusView } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  act,
  aPdf,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  start,
} from '../../../testing/harness.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const noop = async (tag?: string) => jobIn(await post(`${gateway.url}/api/jobs/noop`, tag ? { tag } : {}))
const read = (path: string) => fetch(`${gateway.url}${path}`)
const History = z.object({
  jobId: z.string(),
  events: z.array(z.object({ sequence: z.int(), event: JobEvent })),
})
const List = z.object({
  jobs: z.array(z.object({ id: z.string(), tag: z.string().optional() })),
  nextCursor: z.string().optional(),
})

describe('a job', () => {
  it('is told with the addresses that go on from it', async () => {
    const { id } = await noop()
    const queued = await jobIn(await read(`/api/jobs/${id}`), 200)
    expect(queued.links.cancel).toBe(`/api/jobs/${id}/cancel`)
    await complete(gateway, queued, { 'ä.pdf': 'one', 'b.pdf': 'two' })
    const { links, status } = await jobIn(await read(`/api/jobs/${id}`), 200)
    expect(status).toBe('completed')
    expect(links).toMatchObject({
      retry: `/api/jobs/${id}/retry`,
      result: `/api/jobs/${id}/result`,
      files: { length: 2 },
    })
    expect(links.cancel).toBeUndefined()
  })

  it('is told as it was at any sequence', async () => {
    const job = await noop()
    const running = await start(gateway, job)
    const done = await act(gateway, running, { type: 'Cancel', by: 'me', reason: 'no more' })
    const asOf = async (sequence: number) => jobIn(await read(`/api/jobs/${job.id}?asOf=${sequence}`), 200)
    expect(await asOf(job.revision)).toMatchObject({ status: 'queued', revision: job.revision })
    expect(await asOf(running.revision)).toMatchObject({ status: 'running', attempt: 1 })
    expect(await asOf(done.revision + 1000)).toMatchObject({ status: 'cancelled', revision: done.revision })
    const before = await problemIn(await read(`/api/jobs/${job.id}?asOf=${job.revision - 1}`))
    expect(before).toMatchObject({ code: 'unknown_job' })
    expect(await problemIn(await read(`/api/jobs/${job.id}?asOf=x`))).toMatchObject({
      code: 'invalid_request',
    })
  })

  it('is told in the shape of the predecessor, also after it has changed', async () => {
    const job = await noop()
    const status = async () => StatusView.parse(await (await read(`/api/jobs/${job.id}/status`)).json())
    expect(await status()).toMatchObject({ job_id: job.id, status: 'pending', progress: { percentage: 0 } })
    await complete(gateway, job)
    expect(await status()).toMatchObject({
      status: 'completed',
      result: { pages: 1 },
      meta: { files_expired: false },
    })
    expect(await status()).toMatchObject({ status: 'completed' })
    const done = gateway.projection.get(job.id)
    if (done) await act(gateway, done, { type: 'Expire', files: 0, bytes: 0, reason: 'test' })
    expect(await status()).toMatchObject({ meta: { files_expired: true } })
  })

  it('has a history of events', async () => {
    const job = await noop()
    await complete(gateway, job)
    const { events } = History.parse(await (await read(`/api/jobs/${job.id}/history`)).json())
    expect(events.map(({ event }) => event.type)).toEqual([
      'pdfsmaller.job.requested.v1',
      'pdfsmaller.job.started.v1',
      'pdfsmaller.job.completed.v1',
    ])
    expect(events[0]?.sequence).toBe(job.revision)
  })

  it.each(['', '/status', '/history', '/events', '/result', '/files/a'])(
    'that is not there is not found: %s',
    async (path) => {
      for (const id of ['0198f0a0-0000-7000-8000-000000000000', 'nonsense', '..%2fx'])
        expect(await problemIn(await read(`/api/jobs/${id}${path}`))).toMatchObject({
          status: 404,
          code: 'unknown_job',
        })
    },
  )

  it('that was requested at another replica is found there and here', async () => {
    const other = await gateway.replica()
    const job = await jobIn(await post(`${other.url}/api/jobs/noop`, {}))
    expect((await jobIn(await read(`/api/jobs/${job.id}`), 200)).id).toBe(job.id)
    const ids = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const { id } = await noop()
        return jobIn(await fetch(`${other.url}/api/jobs/${id}`), 200)
      }),
    )
    expect(ids).toHaveLength(50)
  })
})

describe('the list of jobs', () => {
  const list = async (query: string) => List.parse(await (await read(`/api/jobs?${query}`)).json())

  it('is narrowed by tag, status, task and time, and paged without gaps', async () => {
    const between = new Date().toISOString()
    const made = []
    for (let n = 0; n < 7; n++) made.push((await noop('page')).id)
    const seen: string[] = []
    for (let cursor = ''; ;) {
      const page = await list(`tag=page&limit=3${cursor}`)
      seen.push(...page.jobs.map(({ id }) => id))
      if (!page.nextCursor) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual([...made].reverse())
    expect((await list(`tag=page&status=queued&task=noop&requestedAfter=${between}`)).jobs).toHaveLength(7)
    expect(
      (await list(`tag=page&requestedBefore=${encodeURIComponent('2020-01-01T00:00:00+01:00')}`)).jobs,
    ).toEqual([])
    expect((await list('tag=page&status=completed')).jobs).toEqual([])
  })

  it.each(['limit=201', 'limit=0', 'status=odd', 'cursor=abc', 'unknown=1', 'requestedAfter=soon'])(
    'refuses %s',
    async (query) => {
      expect(await problemIn(await read(`/api/jobs?${query}`))).toMatchObject({
        status: 400,
        code: 'invalid_request',
      })
    },
  )
})

describe('cancelling', () => {
  const cancel = (id: string, body?: unknown) => post(`${gateway.url}/api/jobs/${id}/cancel`, body)

  it('ends a job once', async () => {
    const { id } = await noop()
    const answers = await Promise.all([cancel(id, { reason: 'wrong file' }), cancel(id), cancel(id)])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409])
    expect(gateway.projection.get(id)).toMatchObject({ status: 'cancelled', cancelled: { by: 'anonymous' } })
    expect(await problemIn(await cancel(id))).toMatchObject({ code: 'already_decided' })
    expect(await problemIn(await read(`/api/jobs/${id}/result`))).toMatchObject({
      status: 409,
      code: 'job_cancelled',
    })
  })

  it('ends the wait of a scheduled job with it', async () => {
    const startAt = new Date(Date.now() + 60_000).toISOString()
    const { id } = await jobIn(await post(`${gateway.url}/api/jobs/noop`, { startAt }))
    expect((await jobIn(await cancel(id, {}), 200)).cancelled).toEqual({ by: 'anonymous', reason: '' })
    expect(await gateway.schedules()).toEqual([])
  })

  it('refuses unknown fields', async () => {
    const { id } = await noop()
    expect(await problemIn(await cancel(id, { why: 'x' }))).toMatchObject({ code: 'invalid_request' })
  })
})

describe('running a job again', () => {
  const retry = (id: string, headers = {}) => post(`${gateway.url}/api/jobs/${id}/retry`, undefined, headers)

  it('makes a new job with copies of the files', async () => {
    const job = await jobIn(
      await post(`${gateway.url}/api/jobs/echo`, form([['ü.pdf', aPdf()]], { dpi: '72', tag: 'again' })),
    )
    expect(await problemIn(await retry(job.id))).toMatchObject({ status: 409, code: 'not_finished' })
    await complete(gateway, job)
    const again = await jobIn(await retry(job.id))
    expect(again).toMatchObject({
      retryOf: job.id,
      correlationId: job.id,
      options: job.options,
      tag: 'again',
      status: 'queued',
    })
    expect(again.id).not.toBe(job.id)
    await gateway.objects.removePrefix(`default/${job.id}/`)
    expect(await gateway.objects.stat(again.inputs[0]?.key ?? '')).toEqual(again.inputs[0])
    expect(again.inputs[0]?.name).toBe('ü.pdf')
    expect(await gateway.schedules()).toEqual([])
    expect(await problemIn(await retry(job.id))).toMatchObject({ status: 410, code: 'file_expired' })
  })

  it('makes one job for one key', async () => {
    const job = await noop()
    await complete(gateway, job)
    const key = { 'idempotency-key': 'again-1' }
    const jobs = await Promise.all(
      (await Promise.all([retry(job.id, key), retry(job.id, key)])).map((answer) => jobIn(answer)),
    )
    expect(jobs[0]?.id).toBe(jobs[1]?.id)
  })

  it('is refused when the files are gone', async () => {
    const job = await noop()
    const done = await complete(gateway, job)
    await act(gateway, done, { type: 'Expire', files: 1, bytes: 1, reason: 'test' })
    expect(await problemIn(await retry(job.id))).toMatchObject({ status: 410, code: 'file_expired' })
  })
})

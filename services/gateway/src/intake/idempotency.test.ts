import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aPdf,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  type Replica,
  until,
} from '../../testing/harness.ts'
import { namingOf } from './idempotency.ts'

describe('ids that derive from an idempotency key', () => {
  it('are the same for the same tenant and key, and UUIDs of version 8', () => {
    const id = namingOf('acme', 'k1').jobId(0)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(namingOf('acme', 'k1').jobId(0)).toBe(id)
    const others = [
      namingOf('acme', 'k1').jobId(1),
      namingOf('acme', 'k1').batchId(),
      namingOf('acme', 'k2').jobId(0),
      namingOf('other', 'k1').jobId(0),
    ]
    expect(new Set([id, ...others]).size).toBe(5)
  })

  it('are new ones without a key', () => {
    const naming = namingOf('acme', undefined)
    expect(naming.jobId(0)).not.toBe(naming.jobId(0))
  })
})

describe('a repeated request', () => {
  let gateway: Harness
  let other: Replica
  beforeAll(async () => {
    gateway = await openHarness()
    other = await gateway.replica()
  })
  afterAll(() => gateway.close())

  let count = 0
  const newKey = () => ({ 'idempotency-key': `key-${count++}` })
  const jobsOf = (tag: string) => gateway.projection.list('default', { tag }, 200).jobs

  it('is answered with the first job, on any replica, and stores nothing', async () => {
    const key = newKey()
    const send = (url: string) => post(`${url}/api/jobs/echo`, form([['b.pdf', aPdf()]], { dpi: '72' }), key)
    const first = await jobIn(await send(gateway.url))
    const objects = await gateway.keys()
    expect((await jobIn(await send(gateway.url))).id).toBe(first.id)
    expect((await jobIn(await send(other.url))).inputs).toEqual(first.inputs)
    await complete(gateway, first)
    expect(await jobIn(await send(gateway.url), 200)).toMatchObject({ id: first.id, status: 'completed' })
    expect(await gateway.keys()).toEqual(objects)
    await until(async () => (await gateway.schedules()).length === 0)
  })

  it.each([
    ['another file', 'echo', () => form([['b.pdf', aPdf(3000)]])],
    ['another name', 'echo', () => form([['c.pdf', aPdf()]])],
    ['other options', 'echo', () => form([['b.pdf', aPdf()]], { dpi: '72' })],
    ['another tag', 'echo', () => form([['b.pdf', aPdf()]], { tag: 'x' })],
    ['another task', 'noop', () => ({})],
  ])('is refused with %s', async (_, task, body) => {
    const key = newKey()
    const first = await jobIn(await post(`${gateway.url}/api/jobs/echo`, form([['b.pdf', aPdf()]]), key))
    const objects = await gateway.keys()
    for (const { url } of [gateway, other]) {
      const problem = await problemIn(await post(`${url}/api/jobs/${task}`, body(), key))
      expect(problem).toMatchObject({ status: 422, code: 'idempotency_conflict' })
    }
    expect(await gateway.keys()).toEqual(objects)
    expect(gateway.projection.get(first.id)).toMatchObject({ task: 'echo', options: first.options })
  })

  it('gives one job to twenty racers on two replicas', async () => {
    const key = newKey()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        post(`${[gateway, other][n % 2]?.url}/api/jobs/echo`, form([aPdf()], { tag: 'race' }), key),
      ),
    )
    const jobs = await Promise.all(answers.map((answer) => jobIn(answer)))
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1)
    expect(jobsOf('race')).toHaveLength(1)
    const [job] = jobs
    expect((await gateway.keys()).filter((file) => file.includes(job?.id ?? ''))).toHaveLength(1)
    expect((await gateway.objects.stat(job?.inputs[0]?.key ?? '')).size).toBe(2000)
    await until(async () => (await gateway.schedules()).length === 0)
  })

  it('gives one job to racers with different tasks', async () => {
    const key = newKey()
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => post(`${gateway.url}/api/jobs/noop`, { tag: 'mixed' }, key)),
      ...Array.from({ length: 5 }, () =>
        post(`${other.url}/api/jobs/echo`, form([aPdf()], { tag: 'mixed' }), key),
      ),
    ])
    const accepted = answers.filter(({ status }) => status === 202)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
    expect(accepted).toHaveLength(5)
    const ids = await Promise.all(accepted.map(async (answer) => (await jobIn(answer)).id))
    expect(new Set(ids).size).toBe(1)
    // The other replica may have taken it.
    await until(() => jobsOf('mixed').length > 0)
    expect(jobsOf('mixed').map(({ id }) => id)).toEqual(ids.slice(0, 1))
  })

  it('is refused with a key that is none', async () => {
    const problem = await problemIn(
      await post(`${gateway.url}/api/jobs/noop`, {}, { 'idempotency-key': 'a b' }),
    )
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' })
  })
})

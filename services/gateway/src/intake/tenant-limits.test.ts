import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  act,
  aPdf,
  assertNothingLeft,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  type Replica,
  start,
  until,
} from '../../testing/harness.ts'
import type { GatewayConfig } from '../settings.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const limited = (bounds: Partial<GatewayConfig>) =>
  gateway.replica({ config: { ...gateway.options.config, ...bounds } })
const submit = ({ url }: Replica, body: unknown = {}) => post(`${url}/api/tasks/noop/jobs`, body)
const erase = async ({ url }: Replica, id: string) => {
  const answer = await fetch(`${url}/api/jobs/${id}?record=true`, { method: 'DELETE' })
  expect(answer.status).toBe(200)
}
async function refusal(answer: Response) {
  const { status, code, detail } = await problemIn(answer)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  return { status, code, detail }
}
const cancelled = async (replica: Replica, id: string) => {
  const job = replica.projection.get(id)
  if (!job) throw new Error('the job is not known')
  await act(replica, job, { type: 'Cancel', by: 'me', reason: '' })
  await erase(replica, id)
}

it('lets no more jobs of a tenant wait than it may, whoever asks at once', async () => {
  const replica = await limited({ TENANT_MAX_QUEUED: 3 })
  const answers = await Promise.all(Array.from({ length: 8 }, () => submit(replica)))
  const accepted = answers.filter(({ status }) => status === 202)
  expect(accepted).toHaveLength(3)
  for (const answer of answers.filter(({ status }) => status !== 202))
    expect(await refusal(answer)).toMatchObject({
      status: 429,
      code: 'tenant_busy',
      detail: expect.stringContaining('PDF_SMALLER_TENANT_MAX_QUEUED'),
    })
  const jobs = await Promise.all(accepted.map((answer) => jobIn(answer)))
  for (const { id } of jobs.slice(1)) await cancelled(replica, id)
  // A batch goes in as a whole, or not at all.
  const batch = (count: number) =>
    post(`${replica.url}/api/jobs`, { jobs: Array.from({ length: count }, () => ({ task: 'noop' })) })
  expect(await refusal(await batch(3))).toMatchObject({ code: 'tenant_busy' })
  expect((await batch(2)).status).toBe(202)
  expect(replica.projection.usage('default')).toMatchObject({ waiting: 3, running: 0 })
  for (const { id } of replica.projection.list('default', {}, 10).jobs) await cancelled(replica, id)
})

it('takes nothing new while as many jobs of a tenant run as may', async () => {
  const replica = await limited({ TENANT_MAX_RUNNING: 1 })
  const job = await jobIn(await submit(replica))
  const running = await start(replica, job)
  expect(await refusal(await submit(replica))).toMatchObject({ status: 429, code: 'tenant_busy' })
  await act(replica, running, { type: 'Cancel', by: 'me', reason: '' })
  const next = await jobIn(await submit(replica))
  await erase(replica, job.id)
  await cancelled(replica, next.id)
})

it('stores no more for a tenant than it may, and leaves nothing of what it refuses', async () => {
  await until(async () => gateway.projection.list('default', {}, 1).jobs.length === 0)
  const replica = await limited({ TENANT_MAX_STORED_MB: 10_000 })
  const send = (size: number) => post(`${replica.url}/api/tasks/echo/jobs`, form([aPdf(size)]))
  const job = await jobIn(await send(6000))
  expect(await refusal(await send(6000))).toMatchObject({ status: 403, code: 'tenant_full' })
  await until(async () => (await gateway.keys()).length === 1)
  const done = await complete(replica, job, { 'out.pdf': 'x'.repeat(5000) })
  expect(replica.projection.usage('default')).toMatchObject({ bytes: 11_000 })
  for (const asked of [
    send(10),
    post(`${replica.url}/api/uploads`, {}),
    post(`${replica.url}/api/jobs/${done.id}/retry`),
  ])
    expect(await refusal(await asked)).toMatchObject({
      code: 'tenant_full',
      detail: expect.stringContaining('PDF_SMALLER_TENANT_MAX_STORED_MB'),
    })
  await erase(replica, done.id)
  const fits = await jobIn(await send(6000))
  await cancelled(replica, fits.id)
  await assertNothingLeft(gateway)
})

it('knows what tenants have also where it has read all events anew', async () => {
  const job = await jobIn(await post(`${gateway.url}/api/tasks/echo/jobs`, form([aPdf(3000)])))
  await start(gateway, job)
  await jobIn(await submit(gateway))
  const expected = { waiting: 1, running: 1, bytes: 3000 }
  expect(gateway.projection.usage('default')).toEqual(expected)
  const anew = await gateway.replica()
  await until(() => anew.projection.caughtUp())
  expect(anew.projection.usage('default')).toEqual(expected)
})

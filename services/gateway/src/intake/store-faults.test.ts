import { StoreUnavailable } from '@pdf-smaller/eventstore'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import type { JobStore } from '@pdf-smaller/platform'
import { afterEach, describe, expect, it } from 'vitest'
import {
  aPdf,
  assertNothingLeft,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  until,
} from '../../testing/harness.ts'
import { hurried } from '../../testing/schedules.ts'

const harnesses: Harness[] = []

async function harness(settings: Parameters<typeof openHarness>[0] = {}): Promise<Harness> {
  const made = await openHarness(settings)
  harnesses.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(harnesses.splice(0).map(({ close }) => close()))
})

/** Repeats a request until it is refused. */
async function firstRefusal(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask()
    if (answer.status !== 202) return answer
    await answer.arrayBuffer()
  }
}

describe('a store that cannot take the job', () => {
  it('is told: the object store is full', async () => {
    const gateway = await harness()
    const { objects } = gateway
    const full = async () => {
      throw new ObjectStoreError('full', 'k', 'no space')
    }
    const other = await gateway.replica({ objects: { ...objects, put: full } })
    const answer = await post(`${other.url}/api/jobs/echo`, form([aPdf()]))
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(await problemIn(answer)).toMatchObject({ status: 507, code: 'storage_full', retryable: true })
    await assertNothingLeft(gateway)
  })

  it('is told: the event store is full', async () => {
    const gateway = await harness({ jetstream: 'max_file_store: 1MB' })
    const filler = { tag: 'x'.repeat(200), options: {} }
    const jobs = Array.from({ length: 100 }, () => ({ ...filler, task: 'noop' }))
    const answer = await firstRefusal(() => post(`${gateway.url}/api/jobs`, { jobs }))
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await problemIn(answer)).toMatchObject({ status: 503, code: 'events_full', retryable: true })
    const before = await gateway.keys()
    const refused = await firstRefusal(() => post(`${gateway.url}/api/jobs/echo`, form([aPdf()])))
    expect(await problemIn(refused)).toMatchObject({ status: 503, code: 'events_full' })
    const kept = (await gateway.keys()).length - before.length
    await until(() => gateway.projection.list('default', { task: 'echo' }, 200).jobs.length === kept)
  })

  it('is told: the event store does not answer', async () => {
    const gateway = await harness()
    const first = await jobIn(await post(`${gateway.url}/api/jobs/noop`, {}))
    await gateway.server.kill()
    const answer = await post(`${gateway.url}/api/jobs/echo`, form([aPdf()]))
    expect(await problemIn(answer)).toMatchObject({
      status: 503,
      code: 'events_unavailable',
      retryable: true,
    })
    expect(await gateway.keys()).toEqual([])
    expect((await fetch(`${gateway.url}/api/jobs/${first.id}/status`)).status).toBe(200)
    const ready = await fetch(`${gateway.url}/readyz`)
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { status: 'not ready', parts: { events: { ok: false }, objects: { ok: true } } },
    ])
    expect((await fetch(`${gateway.url}/livez`)).status).toBe(200)
    await gateway.server.start()
    await until(async () => (await fetch(`${gateway.url}/readyz`)).status === 200)
    expect((await jobIn(await post(`${gateway.url}/api/jobs/noop`, {}))).status).toBe('queued')
  })

  it.each([true, false])(
    'keeps the files while it is not known whether the job was stored: %s',
    async (stored) => {
      const gateway = await harness()
      const { store, fireLast } = hurried(gateway.store)
      const unsure: JobStore['append'] = async (entries, options) => {
        const isJob = entries.some((entry) => 'stream' in entry)
        if (!isJob) return store.append(entries, options)
        if (stored) await store.append(entries, options)
        throw new StoreUnavailable('the answer was lost')
      }
      const other = await gateway.replica({ store: { ...store, append: unsure } })
      const problem = await problemIn(await post(`${other.url}/api/jobs/echo`, form([aPdf()])))
      expect(problem).toMatchObject({ status: 503, code: 'events_unavailable' })
      expect(await gateway.keys()).toHaveLength(1)
      if (!stored) {
        await fireLast()
        return assertNothingLeft(gateway)
      }
      // Nothing was answered that the job had to be shown for.
      await until(() => gateway.projection.list('default', {}, 2).jobs.length > 0)
      const [job] = gateway.projection.list('default', {}, 2).jobs
      expect(await gateway.keys()).toEqual([job?.inputs[0]?.key])
      expect(await gateway.schedules()).toEqual([])
    },
  )

  it('shows no file before its switch is stored', async () => {
    const gateway = await harness()
    const { store } = gateway
    const gate = Promise.withResolvers<void>()
    const late: JobStore['append'] = async (entries, options) => {
      if (entries.some((entry) => 'schedule' in entry)) await gate.promise
      return store.append(entries, options)
    }
    const other = await gateway.replica({ store: { ...store, append: late } })
    const answer = post(`${other.url}/api/jobs/echo`, form([aPdf()]))
    await until(async () => (await gateway.temporary()).length === 1)
    const shownEarly = await Promise.race([
      until(async () => (await gateway.keys()).length > 0, 300).then(
        () => true,
        () => false,
      ),
      answer.then(() => true),
    ])
    expect(shownEarly).toBe(false)
    gate.resolve()
    expect((await jobIn(await answer)).inputs).toHaveLength(1)
    expect(await gateway.keys()).toHaveLength(1)
  })
})

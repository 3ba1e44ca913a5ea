import { Readiness } from '@pdf-smaller/contracts/http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { complete, type Harness, jobIn, openHarness, post, problemIn, until } from '../../testing/harness.ts'

let gateway: Harness
beforeEach(async () => {
  gateway = await openHarness({ jetstream: 'max_file_store: 1MB' })
})
afterEach(() => gateway.close())

const readiness = async () => {
  const answer = await fetch(`${gateway.url}/readyz`)
  return { status: answer.status, body: Readiness.parse(await answer.json()) }
}
const erase = (id: string) => fetch(`${gateway.url}/api/jobs/${id}?record=true`, { method: 'DELETE' })
const submit = (tag = '') => post(`${gateway.url}/api/jobs/noop`, tag ? { tag } : {})

/** Requests jobs until the event store takes no more. @returns their ids */
async function fill(): Promise<string[]> {
  const tasks = Array.from({ length: 20 }, () => ({ task: 'noop', tag: 'x'.repeat(200) }))
  for (const ids: string[] = []; ;) {
    const answer = await post(`${gateway.url}/api/jobs`, { jobs: tasks })
    const body = await answer.json()
    if (answer.status !== 202) return ids
    for (const { id } of Object(body).jobs) ids.push(id)
  }
}

describe('an event store that is full', () => {
  it('is told, and keeps room for results, for erasing and for the ends of jobs', async () => {
    const first = await jobIn(await submit('kept'))
    await complete(gateway, first)
    const ids = await fill()
    await expect.poll(readiness).toMatchObject({
      status: 200,
      body: { status: 'ready', parts: { events: { ok: false, code: 'events_full' } } },
    })
    expect(await problemIn(await submit())).toMatchObject({ status: 503, code: 'events_full' })
    expect((await fetch(`${gateway.url}/api/jobs?limit=10`)).status).toBe(200)
    // Those that were accepted before come to their ends.
    for (const id of ids.slice(0, 30)) {
      const job = gateway.projection.get(id)
      if (!job) throw new Error('an accepted job is not known')
      await complete(gateway, job)
    }
    expect(await problemIn(await submit())).toMatchObject({ status: 503, code: 'events_full' })

    expect((await erase(first.id)).status).toBe(200)
    for (const id of ids.slice(0, 30)) expect((await erase(id)).status).toBe(200)
    await until(async () => (await submit()).status === 202)
    await expect.poll(readiness).toMatchObject({ status: 200, body: { parts: { events: { ok: true } } } })
  })
})

describe('what asks whether there is room', () => {
  it('leaves one message at most, and none among the events', async () => {
    await submit()
    const stream = async () => {
      const manager = await gateway.server.connect()
      const info = await manager.request('$JS.API.STREAM.INFO.JOBS', '{"subjects_filter":">"}')
      return Object(info.json()).state.subjects
    }
    for (let n = 0; n < 5; n++) await until(async () => (await readiness()).status === 200)
    const subjects = await stream()
    expect(subjects['probe.events']).toBe(1)
    expect(Object.keys(subjects).filter((subject) => !subject.startsWith('pdf.'))).toEqual(['probe.events'])
  })

  it('tells that a server without JetStream takes no events', async () => {
    await gateway.server.kill()
    await gateway.server.start({ jetstream: false })
    await expect.poll(readiness).toMatchObject({
      status: 503,
      body: { parts: { events: { ok: false, code: 'events_unavailable' } } },
    })
    expect(await problemIn(await submit())).toMatchObject({ status: 503, code: 'events_unavailable' })
    await gateway.server.kill()
    await gateway.server.start()
    await until(async () => (await readiness()).status === 200)
    expect((await submit()).status).toBe(202)
  })
})

import { jetstreamManager } from '@nats-io/jetstream'
import type { MsgHdrs } from '@nats-io/transport-node'
import { describeFailure, type JobView } from '@pdf-smaller/contracts'
import { Ajv2020 } from 'ajv/dist/2020.js'
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
  start,
  until,
} from '../../testing/harness.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const get = (path: string) => fetch(gateway.url + path)
const Event = z.looseObject({
  id: z.string(),
  source: z.string(),
  type: z.string(),
  dataschema: z.url(),
  data: z.unknown(),
})
const failure = { ...describeFailure('engine_failed'), retryable: true }

/** A job with every kind of fact: it waits for its start, is tried again, and ends. */
async function longJob(): Promise<JobView> {
  const startAt = new Date(Date.now() + 1500).toISOString()
  const { id } = await jobIn(await post(`${gateway.url}/api/jobs/noop`, { startAt }))
  const job = await dueAgain(id)
  const { attempt } = await start(gateway, job)
  await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 0.001 })
  return complete(gateway, await dueAgain(id), { 'a.pdf': 'x' })
}

/** The job, once the server has given out its wait. */
async function dueAgain(id: string): Promise<JobView> {
  await until(() => gateway.projection.get(id)?.status === 'queued')
  return jobOf(id)
}

function jobOf(id: string): JobView {
  const job = gateway.projection.get(id)
  if (!job) throw new Error(`no job ${id}`)
  return job
}

type Stored = { subject: string; headers: MsgHdrs; event: z.infer<typeof Event> }

/** What an integrator gets: every message under `pdf.>`, as it is stored. */
async function everythingStored(): Promise<Stored[]> {
  const { streams } = await jetstreamManager(await gateway.server.connect())
  const found: Stored[] = []
  const last = await gateway.store.lastSequence()
  for (let seq = 1; seq <= last; seq++) {
    const message = await streams.getMessage('JOBS', { seq }).catch(() => undefined)
    if (!message?.subject.startsWith('pdf.')) continue
    found.push({ subject: message.subject, headers: message.header, event: Event.parse(message.json()) })
  }
  return found
}

describe('the events in the stream', () => {
  let stored: Stored[]
  beforeAll(async () => {
    const [one] = await Promise.all([longJob(), longJob()])
    await act(gateway, one, { type: 'Expire', files: 1, bytes: 1, reason: 'retention' })
    const cancelled = await jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf()])))
    await fetch(`${gateway.url}/api/jobs/${cancelled.id}/cancel`, { method: 'POST' })
    const { id } = await jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf()])))
    const { attempt } = await start(gateway, jobOf(id))
    const failure = describeFailure('damaged_pdf')
    await act(gateway, jobOf(id), { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
    stored = await everythingStored()
  })

  it('are of every kind that a job can have', () => {
    const phases = new Set(stored.map(({ subject }) => subject.split('.').at(-1)))
    expect(phases).toEqual(new Set(['due', 'expired', 'outcome', 'requested', 'retry', 'started']))
  })

  it('say what they are in the header that CloudEvents gives them, also where the server has stored them', () => {
    expect(new Set(stored.map(({ headers }) => headers.get('content-type')))).toEqual(
      new Set(['application/cloudevents+json']),
    )
  })

  it('are told apart by source and id', () => {
    const ids = stored.map(({ event: { source, id } }) => `${source} ${id}`)
    expect(ids.length).toBeGreaterThan(12)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('hold what the schema says that they name, and that of the whole message', async () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false, allErrors: true })
    for (const keyword of ['x-extensible-enum', 'x-extensible']) ajv.addKeyword(keyword)
    const validates = async (path: string, value: unknown) => {
      const answer = await get(path)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        200,
        'application/schema+json; charset=utf-8',
      ])
      const schema = z.looseObject({ $id: z.string() }).parse(await answer.json())
      const check = ajv.getSchema(schema.$id) ?? ajv.compile(schema)
      void check(value)
      expect(check.errors ?? []).toEqual([])
      return schema.$id
    }
    for (const { event } of stored) {
      expect(await validates(new URL(event.dataschema).pathname, event.data)).toBe(event.dataschema)
      await validates(`/schemas/events/${event.type}.json`, event)
    }
  })
})

describe('what is published', () => {
  it('is every schema of the list, at the path of its name', async () => {
    const { schemas } = z.object({ schemas: z.array(z.string()) }).parse(await (await get('/schemas')).json())
    expect(schemas).toEqual(
      expect.arrayContaining([
        '/schemas/data/pdfsmaller.job.completed.v1.json',
        '/schemas/events/pdfsmaller.job.progressed.v1.json',
        '/schemas/ticks/maintenance.json',
        '/schemas/options/echo.json',
        '/schemas/results/echo.json',
        '/schemas/files/extraction.json',
      ]),
    )
    const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false })
    for (const keyword of ['x-extensible-enum', 'x-extensible']) ajv.addKeyword(keyword)
    for (const path of schemas) {
      const schema = z.looseObject({ $id: z.url() }).parse(await (await get(path)).json())
      expect(new URL(schema.$id).pathname).toBe(path)
      ajv.compile(schema)
    }
  })

  it.each([
    '/schemas/data/nothing.json',
    '/schemas/data/..%2f..%2fpackage.json',
    '/schemas/__proto__/x.json',
  ])('is nothing else: %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('are the channels of the event store', async () => {
    const answer = await get('/asyncapi.json')
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(await answer.json()).toMatchObject({ asyncapi: '3.1.0' })
  })
})

import { cloudEvent, jobStream } from '@pdf-smaller/contracts'
import type { JobAnswer } from '@pdf-smaller/contracts/http'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, jobIn, openHarness, post, problemIn, until } from '../../../testing/harness.ts'
import { addressOf } from '../../jobs/find.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const request = async (tag: string) => jobIn(await post(`${gateway.url}/api/jobs/noop`, { tag }))

/** Stores a message under a job's subject as whoever writes there might, and waits until the gateway has passed it. */
async function publish(subject: string, message: string): Promise<void> {
  const connection = await gateway.server.connect()
  await connection.request(subject, message)
  await gateway.projection.reached(await gateway.store.lastSequence(), 60_000)
}

/** Ends a job as a worker of a newer release would. */
async function endByNewer(job: JobAnswer): Promise<void> {
  const around = { id: uuidv7(), source: 'other', jobId: job.id, time: new Date() }
  const event = cloudEvent({ type: 'pdfsmaller.job.completed.v2', data: { x: 1 } }, around)
  await publish(`${jobStream(addressOf(job))}.outcome`, JSON.stringify(event))
}

const routes = [
  ['GET', ''],
  ['GET', '?asOf=1'],
  ['GET', '/status'],
  ['GET', '/result'],
  ['GET', '/receipt'],
  ['GET', '/history'],
  ['GET', '/events'],
  ['POST', '/cancel'],
  ['POST', '/retry'],
  ['DELETE', ''],
] as const

describe('a job that a newer release has ended', () => {
  it('is neither told of nor decided on, and in no list', async () => {
    const [job, other] = [await request('newer'), await request('newer')]
    await endByNewer(job)
    for (const [method, rest] of routes) {
      const answer = await fetch(`${gateway.url}/api/jobs/${job.id}${rest}`, { method })
      expect([method, rest, answer.headers.get('retry-after')]).toEqual([method, rest, '5'])
      expect(await problemIn(answer)).toMatchObject({ status: 503, code: 'newer_release', retryable: true })
    }
    const { jobs } = Object(await (await fetch(`${gateway.url}/api/jobs?tag=newer`)).json())
    expect(jobs).toMatchObject([{ id: other.id }])
  })

  it('is waited for and followed no longer', async () => {
    const waited = post(`${gateway.url}/api/jobs/noop`, { tag: 'waited' }, { prefer: 'wait=60' })
    await until(() => gateway.projection.list('default', { tag: 'waited' }, 1).jobs.length > 0)
    const [job] = gateway.projection.list('default', { tag: 'waited' }, 1).jobs
    const followed = await fetch(`${gateway.url}/api/jobs/${job?.id}/events`)
    await endByNewer(await jobIn(await fetch(`${gateway.url}/api/jobs/${job?.id}`), 200))
    expect((await jobIn(await waited)).id).toBe(job?.id)
    const told = await followed.text()
    expect(told).toContain('event: pdfsmaller.job.requested.v1')
    expect(told).not.toContain('v2')
  })
})

describe('a job under whose name something broken is stored', () => {
  it('is unknown where there is nothing else', async () => {
    const id = uuidv7()
    const subject = jobStream({ tenant: 'default', domain: 'testing', task: 'noop', jobId: id })
    await publish(`${subject}.requested`, 'not json{')
    const answer = await fetch(`${gateway.url}/api/jobs/${id}`)
    expect(await problemIn(answer)).toMatchObject({ status: 404, code: 'unknown_job' })
    await publish(
      `${subject}.due`,
      JSON.stringify(
        cloudEvent(
          { type: 'pdfsmaller.job.paused.v1', data: {} },
          { id: uuidv7(), source: 'other', jobId: id, time: new Date() },
        ),
      ),
    )
    const newer = await fetch(`${gateway.url}/api/jobs/${id}`)
    expect(await problemIn(newer)).toMatchObject({ status: 503, code: 'newer_release' })
  })

  it('is told as far as it can be read', async () => {
    const job = await request('broken')
    await publish(`${jobStream(addressOf(job))}.due`, '{"id": 1}')
    expect(await jobIn(await fetch(`${gateway.url}/api/jobs/${job.id}`), 200)).toMatchObject({
      status: 'queued',
    })
  })
})

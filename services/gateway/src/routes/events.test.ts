import { once } from 'node:events'
import { connect } from 'node:net'
import { cloudEvent, jobStream } from '@pdf-smaller/contracts'
import { FeedEnd, feedEnded } from '@pdf-smaller/contracts/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import {
  act,
  complete,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  progress,
  type Replica,
  start,
  until,
} from '../../testing/harness.ts'
import { listen, type Listener } from '../../testing/listen.ts'

let gateway: Harness
beforeAll(async () => {
  const env = { PDF_SMALLER_FEED_FOLLOWERS: '4', PDF_SMALLER_FEED_STALL_SECONDS: '0.5' }
  gateway = await openHarness({ env })
})
afterAll(() => gateway.close())

const noop = async (tag?: string) =>
  jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, tag === undefined ? {} : { tag }))
const feed = (query = '', headers: Record<string, string> = {}, replica: Replica = gateway) =>
  listen(`${replica.url}/api/events?${query}`, headers)
/** A reader that has its place: whatever is stored from now on comes to it. */
async function live(query = '', replica: Replica = gateway): Promise<Listener> {
  const reader = feed(query, {}, replica)
  await until(() => reader.lastId() !== undefined)
  return reader
}
const names = ({ told }: Listener) => told.map(({ event }) => event?.split('.')[2])
const sequences = ({ told }: Listener) => told.map(({ id }) => Number(id))
const Event = z.looseObject({ subject: z.string() })
const jobs = ({ told }: Listener) => told.map(({ data }) => Event.parse(JSON.parse(data)).subject)

describe('the events of a tenant', () => {
  it('come as they are stored: what was there first, then what happens, each once and in order', async () => {
    const reader = await live('from=0')
    const [one, two] = [await noop(), await noop()]
    await complete(gateway, one)
    await act(gateway, two, { type: 'Cancel', by: 'me', reason: '' })
    const expected = [one, two].flatMap(({ id }) => gateway.projection.sequences(id)).sort((a, b) => a - b)
    await until(() => reader.told.length === expected.length)
    const later = feed('from=0')
    await until(() => later.told.length === expected.length)
    for (const each of [reader, later]) {
      expect(sequences(each)).toEqual(expected)
      const stored = await Promise.all(expected.map((sequence) => gateway.store.readAt(sequence)))
      expect(each.told.map(({ data }) => JSON.parse(data))).toEqual(stored.map((each) => each?.event))
      await each.leave()
    }
  })

  it('are told from any sequence and from any time, else from now on', async () => {
    const first = await noop()
    const between = new Date()
    const second = await noop()
    const [fromSequence, fromTime, fromNow] = [
      feed(`from=${second.revision}`),
      feed(`from=${between.toISOString()}`),
      await live(),
    ]
    const third = await noop()
    for (const reader of [fromSequence, fromTime])
      await until(() => jobs(reader).join() === [second.id, third.id].join())
    await until(() => jobs(fromNow).join() === third.id)
    expect(jobs(fromTime)).not.toContain(first.id)
    await Promise.all([fromSequence, fromTime, fromNow].map(({ leave }) => leave()))
  })

  it('are told from a day on, which begins at midnight UTC', async () => {
    const job = await noop()
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    const [ofDay, ofMidnight] = [feed(`from=${day}&live=false`), feed(`from=${day}T00:00:00Z&live=false`)]
    await Promise.all([ofDay.ended, ofMidnight.ended])
    expect(jobs(ofDay)).toContain(job.id)
    expect(sequences(ofDay)).toEqual(sequences(ofMidnight))
    const wrong = await fetch(`${gateway.url}/api/events?from=2026-02-30`)
    expect(await problemIn(wrong)).toMatchObject({ status: 400, code: 'invalid_request' })
  })

  it('are narrowed by task, type and tag', async () => {
    const from = (await noop()).revision + 1
    const [a, b] = [await noop('a'), await noop('b')]
    await complete(gateway, a)
    await complete(gateway, b)
    await act(gateway, a, { type: 'Erase', by: 'me' })
    const last = await complete(gateway, await noop('a'))
    for (const replay of [true, false]) {
      const byTag = feed(`from=${from}&tag=a`)
      const byType = feed(`from=${from}&type=pdfsmaller.job.completed.v1,pdfsmaller.job.failed.v1`)
      const byTask = feed(`from=${from}&task=echo`)
      await until(() => sequences(byTag).at(-1) === last.revision)
      await until(() => sequences(byType).at(-1) === last.revision)
      expect([replay, new Set(jobs(byTag)).has(b.id)]).toEqual([replay, false])
      expect(new Set(names(byType))).toEqual(new Set(['completed']))
      expect(byTask.told).toEqual([])
      await Promise.all([byTag, byType, byTask].map(({ leave }) => leave()))
    }
    const wrong = await fetch(`${gateway.url}/api/events?type=nonsense`)
    expect(await problemIn(wrong)).toMatchObject({ status: 400 })
  })

  it('bring progress where that is wanted, without an id', async () => {
    const job = await noop('p')
    const [with_, without] = [await live('progress=true&tag=p'), await live()]
    const running = await start(gateway, job)
    await until(() => names(with_).includes('started'))
    await progress(gateway, job, 40)
    await until(() => names(with_).includes('progressed'))
    await act(gateway, running, { type: 'Cancel', by: 'me', reason: '' })
    await until(() => names(without).includes('cancelled') && names(with_).includes('cancelled'))
    expect(names(with_)).toEqual(['started', 'progressed', 'cancelled'])
    expect(with_.told[1]?.id).toBeUndefined()
    expect(names(without)).toEqual(['started', 'cancelled'])
    await Promise.all([with_, without].map(({ leave }) => leave()))
  })

  it('go on where the reader was, at any replica and behind a restart, with nothing missed', async () => {
    const other = await gateway.replica()
    const from = (await noop()).revision + 1
    const total = 60
    const writing = (async () => {
      for (let n = 0; n < total; n++) await complete(gateway, await noop('steady'))
    })()
    const seen: number[] = []
    for (let turn = 0; seen.length < 3 * total; turn++) {
      const last = seen.at(-1)
      const at = turn % 2 === 0 ? gateway : other
      const reader = feed(`from=${from}`, last === undefined ? {} : { 'last-event-id': String(last) }, at)
      const wanted = Math.min(3 * total - seen.length, 1 + turn * 3)
      await until(() => reader.told.length >= wanted)
      await reader.leave()
      seen.push(...sequences(reader))
    }
    await writing
    const reader = feed(`from=${from}`, {}, other)
    await until(() => reader.told.length === 3 * total)
    expect(seen).toEqual(sequences(reader))
    const told = feed(`from=${from}`, {}, other)
    await until(() => told.told.length === 3 * total)
    await other.gateway.close()
    await told.ended
    const end = told.told.at(-1)
    expect(end?.event).toBe(feedEnded)
    expect(FeedEnd.parse(JSON.parse(end?.data ?? '')).failure).toMatchObject({
      code: 'shutting_down',
      retryable: true,
    })
    await reader.ended
  })

  it('end behind what is stored where no more is wanted', async () => {
    const done = await complete(gateway, await noop('ended'))
    const reader = feed(
      'from=0&tag=ended&type=pdfsmaller.job.requested.v1,pdfsmaller.job.started.v1,pdfsmaller.job.completed.v1&live=false',
    )
    await reader.ended
    expect(sequences(reader)).toEqual(gateway.projection.sequences(done.id))
    expect(Number(reader.lastId())).toBeGreaterThanOrEqual(done.revision)
    expect(await feed('from=0&live=false', { 'last-event-id': reader.lastId() ?? '' }).status).toBe(204)
    expect(await feed('live=false').status).toBe(204)
  })

  it('are not told from a place that is not there', async () => {
    const last = await gateway.store.lastSequence()
    const lost = await fetch(`${gateway.url}/api/events`, { headers: { 'last-event-id': String(last + 1) } })
    expect(await problemIn(lost)).toMatchObject({ status: 410, code: 'position_lost' })
    const reader = feed(`from=${last + 1}`)
    await until(() => reader.lastId() === String(last))
    await reader.leave()
  })

  it('are not told of a task that there is not, where nothing would ever come', async () => {
    const refused = await fetch(`${gateway.url}/api/events?task=nope&from=0&live=false`)
    expect(await problemIn(refused)).toMatchObject({
      status: 404,
      code: 'unknown_task',
      detail: expect.stringContaining('"nope"'),
    })
  })

  it.each(['abc', '-1', '1'.repeat(20), '1.5', '1, 2'])(
    'are not told behind an id that is none, as those between would be left out: %s',
    async (id) => {
      const { id: jobId } = await noop()
      for (const path of ['/api/events?from=0&live=false', `/api/jobs/${jobId}/events`]) {
        const refused = await fetch(`${gateway.url}${path}`, { headers: { 'last-event-id': id } })
        expect(await problemIn(refused)).toMatchObject({
          status: 400,
          code: 'invalid_request',
          detail: expect.stringMatching(/last-event-id: .*sequence/),
        })
      }
    },
  )

  it('take an empty id for none, as a browser has it before the first event', async () => {
    const job = await noop()
    const reader = feed(`from=${job.revision}`, { 'last-event-id': '' })
    await until(() => jobs(reader).join() === job.id)
    await reader.leave()
  })

  it('are followed by so many of a tenant, and no more', async () => {
    const readers = await Promise.all(Array.from({ length: 4 }, () => live()))
    const refused = await fetch(`${gateway.url}/api/events`)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: 'too_many_followers' })
    await readers[0]?.leave()
    await until(async () => {
      const again = feed()
      const status = await again.status
      await again.leave()
      return status === 200
    })
    await Promise.all(readers.map(({ leave }) => leave()))
  })

  it('end for a reader that takes nothing, which is told why and goes on where it was', async () => {
    const { tenant, domain, task, revision } = await noop()
    // More than the sockets hold between two processes.
    const requests = Array.from({ length: 250 }, () => {
      const [jobId, limits] = [uuidv7(), { retries: 0, softSeconds: 1, hardSeconds: 1 }]
      const options = { padding: 'x'.repeat(60_000) }
      const data = { tenant, domain, task, inputs: [], options, requester: 'test', limits, tag: 'big' }
      const around = { id: uuidv7(), source: 'pdf-smaller/test', jobId, time: new Date() }
      const event = cloudEvent({ type: 'pdfsmaller.job.requested.v1' as const, data }, around)
      return { stream: jobStream({ tenant, domain, task, jobId }), name: 'requested', event }
    })
    const stored = await gateway.store.append(requests)
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    socket.write(
      `GET /api/events?from=${revision + 1}&tag=big HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
    )
    await once(socket, 'readable')
    // Its place is free again: nobody else follows.
    await until(() => gateway.projection.recent.followers() === 0)
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    const seen = [...text.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id))
    expect(text.slice(text.lastIndexOf('event: '))).toContain('feed_too_slow')
    expect(seen.length).toBeLessThan(250)
    const rest = feed('tag=big', { 'last-event-id': String(seen.at(-1)) })
    await until(() => rest.told.length >= 250 - seen.length)
    expect([...seen, ...sequences(rest)]).toEqual(stored)
    await rest.leave()
  })
})

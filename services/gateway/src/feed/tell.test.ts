import { cloudEvent, decodeEvent, jobStream, type StoredEvent } from '@pdf-smaller/contracts'
import { openInMemoryEventStore } from '@pdf-smaller/eventstore/in-memory'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import type { JobProjection } from '../projection/port.ts'
import { itemOf } from './item.ts'
import { openRecent } from './recent.ts'
import { type Feed, tellEvents } from './tell.ts'

const kept = 4
const limits = { retries: 0, softSeconds: 1, hardSeconds: 1 }

/** A store, and what of it is kept in memory as a projection does it. */
function open() {
  const store = openInMemoryEventStore<StoredEvent>({ decode: (json) => decodeEvent(json) })
  const recent = openRecent(0, { kept })
  const asked: string[] = []
  store.follow({
    from: { sequence: 0 },
    filters: ['pdf.>'],
    onBegin: () => {},
    onEvent: (recorded) => recent.add(recorded.sequence, () => itemOf(recorded, () => undefined)),
    onPoison: () => {},
  })
  const scan: typeof store.scan = (filters, options) => {
    asked.push(...filters)
    return store.scan(filters, options)
  }
  const projection = { recent, get: () => undefined } satisfies Pick<JobProjection, 'recent' | 'get'>
  const request = async (tenant = 't', type?: string) => {
    const address = { tenant, domain: 'd', task: 'x', jobId: uuidv7() }
    const data = { ...address, inputs: [], options: {}, requester: 'r', limits }
    const around = { id: uuidv7(), source: 's', jobId: address.jobId, time: new Date() }
    const event = cloudEvent({ type: 'pdfsmaller.job.requested.v1' as const, data }, around)
    // What a newer release stores is not of this one's types.
    const stored = (type ? { ...event, type } : event) as StoredEvent
    return (await store.append([{ stream: jobStream(address), name: 'requested', event: stored }]))[0]
  }
  const tell = (feed: Omit<Feed, 'filter' | 'signal'>, signal = new AbortController().signal) => {
    const leave = recent.follow()
    const telling = tellEvents(
      { store: { ...store, scan }, projection },
      {
        filter: { tenant: 't' },
        signal,
        ...feed,
      },
    )
    return { ...telling, ended: telling.ended.finally(leave) }
  }
  return { store, recent, request, tell, asked }
}

it('tells from memory, and reads what has left it meanwhile from the store', async () => {
  const { request, tell, asked, recent } = open()
  const before = await request()
  const seen: number[] = []
  let take = () => {}
  let waiting = Promise.resolve()
  const leaving = new AbortController()
  const send = async (sequence: number) => {
    seen.push(sequence)
    await waiting
  }
  const { ended, isLive } = tell({ from: 0, live: true, send }, leaving.signal)
  await expect.poll(() => seen).toEqual([before])
  await expect.poll(isLive).toBe(true)
  expect(asked).toEqual(['pdf.t.*.*.>'])
  const next = await request()
  await expect.poll(() => seen).toEqual([before, next])
  // From memory alone.
  expect(asked).toHaveLength(1)
  waiting = new Promise((resolve) => (take = resolve))
  const many = [await request()]
  await expect.poll(() => seen).toHaveLength(3)
  for (let n = 0; n < 5 * kept; n++) {
    many.push(await request())
    await request('others')
  }
  take()
  await expect.poll(() => seen).toEqual([before, next, ...many])
  expect(asked).toHaveLength(2)
  leaving.abort(new Error('left'))
  await expect(ended).rejects.toThrow('left')
  expect(recent.followers()).toBe(0)
})

it('ends before an event that only a newer release can read, of the same tenant', async () => {
  const { request, tell } = open()
  await request('others', 'pdfsmaller.job.unheard.v9')
  const known = await request()
  const seen: number[] = []
  const send = async (sequence: number) => void seen.push(sequence)
  const { ended, place } = tell({ from: 0, live: true, send })
  await expect.poll(() => seen).toEqual([known])
  await request('t', 'pdfsmaller.job.unheard.v9')
  await expect(ended).rejects.toMatchObject({ code: 'newer_release' })
  expect(place()).toBe(known)
  await expect(tell({ from: known, live: true, send }).ended).rejects.toMatchObject({ code: 'newer_release' })
})

it('ends when the store has lost what was told', async () => {
  const { request, tell, recent } = open()
  const { ended, isLive } = tell({ from: 0, live: true, send: async () => {} })
  await expect.poll(isLive).toBe(true)
  // A projection that begins has told nothing yet.
  recent.reset()
  const stored = await request()
  await expect.poll(recent.position).toBe(stored)
  recent.reset()
  await expect(ended).rejects.toMatchObject({ code: 'position_lost' })
})

it('ends behind what is stored, where it is not to go on, once the projection knows all of it', async () => {
  const { request, tell, recent } = open()
  const stored = [await request(), await request()]
  await expect.poll(recent.position).toBe(stored[1])
  const seen: number[] = []
  const send = async (sequence: number) => void seen.push(sequence)
  await tell({ from: 0, live: false, send }).ended
  expect(seen).toEqual(stored)
  await tell({ from: new Date('2999-01-01'), live: false, send }).ended
  expect(seen).toEqual(stored)
})

import { complete, type Harness, jobIn, openHarness, post } from '@pdf-smaller/gateway/testing/harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProxy, type Proxy } from '../testing/proxy.ts'
import { type ClientOptions, createClient, type EventsOptions, type News } from './node.ts'

let gateway: Harness
let proxy: Proxy
beforeAll(async () => {
  gateway = await openHarness()
  proxy = await openProxy(gateway.url)
})
afterAll(async () => {
  await proxy.close()
  await gateway.close()
})

const noop = async (tag: string) => jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, { tag }))

/** Reads so many events; `onNews` is told of each. */
async function take(
  count: number,
  options: EventsOptions,
  onNews: (news: News, n: number) => unknown = () => {},
  fetch: ClientOptions['fetch'] = globalThis.fetch,
): Promise<number[]> {
  const client = createClient({ baseUrl: proxy.url, fetch })
  const sequences: number[] = []
  for await (const news of client.events(options)) {
    if (news.kind === 'event') sequences.push(Number(news.sequence))
    await onNews(news, sequences.length)
    if (sequences.length === count) break
  }
  return sequences
}

describe('the events of a tenant', () => {
  it('come each once and in order over connections that break anywhere', async () => {
    const jobs = await Promise.all(Array.from({ length: 20 }, () => noop('broken')))
    const last = jobs.map(({ revision }) => revision).sort((a, b) => a - b)
    let connections = 0
    const cutting: ClientOptions['fetch'] = (url, init) => {
      // In the middle of an event, of an id, of a head: wherever it is.
      proxy.cutAfter(400 + 307 * connections++)
      return fetch(url, init)
    }
    expect(await take(20, { from: 0, tag: 'broken' }, () => {}, cutting)).toEqual(last)
    expect(connections).toBeGreaterThan(4)
    proxy.cutAfter(Infinity)
  })

  it('go on behind the place where the reader began, though nothing has come yet', async () => {
    const gone = await gateway.replica()
    proxy.lead(gone.url)
    let received = ''
    const hearing: ClientOptions['fetch'] = async (url, init) => {
      const answer = await fetch(url, init)
      const { writable, readable } = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, to) => {
          received += new TextDecoder().decode(chunk)
          to.enqueue(chunk)
        },
      })
      void answer.body?.pipeTo(writable).catch(() => {})
      return new Response(readable, answer)
    }
    const reading = take(1, { tag: 'later' }, () => {}, hearing)
    // The gateway that told of the place is gone before anything has happened.
    await expect.poll(() => received).toContain('\nid: ')
    proxy.lead(undefined)
    proxy.cut()
    const { revision } = await noop('later')
    proxy.lead(gateway.url)
    expect(await reading).toEqual([revision])
  })

  it('go on where another reader was, and end with its signal', async () => {
    const job = await complete(gateway, await noop('rest'))
    const [requested, ...rest] = gateway.projection.sequences(job.id)
    expect(await take(2, { after: String(requested), tag: 'rest' })).toEqual(rest)
    // All that is stored, and no more.
    expect(await take(9, { from: 0, tag: 'rest', live: false })).toEqual([requested, ...rest])
    const leaving = new AbortController()
    const reading = take(9, { from: 0, tag: 'rest', signal: leaving.signal }, (_, n) => {
      if (n === 3) leaving.abort(new Error('enough'))
    })
    await expect(reading).rejects.toThrow('enough')
  })

  it('come no more once their signal has ended them, though more have been received', async () => {
    for (let n = 0; n < 5; n++) await noop('received')
    const leaving = new AbortController()
    let taken = 0
    const reading = take(9, { from: 0, tag: 'received', signal: leaving.signal }, () => {
      taken++
      leaving.abort(new Error('enough'))
    })
    await expect(reading).rejects.toThrow('enough')
    expect(taken).toBe(1)
  })

  it('are not waited for behind a place that is lost', async () => {
    await expect(take(1, { after: '999999' })).rejects.toMatchObject({ code: 'position_lost', status: 410 })
  })
})

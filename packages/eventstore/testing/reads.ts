import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EventStore, type Recorded, StoreRefused, UnreadableEvent } from '../src/index.ts'
import { type Counted, event, newStream, numbers, type OpenSubject, type Subject } from './subject.ts'

export function readsEvents(openSubject: OpenSubject): void {
  let subject: Subject
  let store: EventStore<Counted>
  beforeAll(async () => {
    subject = await openSubject()
    store = subject.store
  })
  afterAll(() => subject.close())

  /** Stores so many events, more than a page of them at once. */
  async function fill(stream: string, total: number): Promise<void> {
    for (let done = 0; done < total; done += 1000) {
      const length = Math.min(1000, total - done)
      await store.append(
        Array.from({ length }, (_, i) => ({ stream, name: `e${i % 3}`, event: event(done + i) })),
      )
    }
  }
  const upTo = (total: number) => Array.from({ length: total }, (_, n) => n)

  it('gives the history of one stream in order, whatever its length', async () => {
    expect(await Array.fromAsync(store.history('s.nobody'))).toEqual([])
    for (const total of [1, 500, 501, 1700]) {
      const stream = newStream()
      await fill(stream, total)
      expect(numbers(await Array.fromAsync(store.history(stream)))).toEqual(upTo(total))
    }
  })

  it('scans under several filters what is stored when it begins', async () => {
    const [a, b] = [newStream(), newStream()]
    await store.append([
      { stream: a, name: 'opened', event: event(1) },
      { stream: b, name: 'opened', event: event(2) },
      { stream: b, name: 'moved', event: event(3) },
      { stream: a, name: 'closed', event: event(4) },
    ])
    const seen: Recorded<Counted>[] = []
    for await (const recorded of store.scan([`${a}.>`, `${b}.moved`])) {
      await store.append([{ stream: a, name: 'closed', event: event(5) }])
      seen.push(recorded)
    }
    expect(numbers(seen)).toEqual([1, 3, 4])
    expect(seen.map(({ subject }) => subject)).toEqual([`${a}.opened`, `${b}.moved`, `${a}.closed`])
  })

  it('begins behind a sequence or at a time, in pages of any size', async () => {
    const stream = newStream()
    await store.append([{ stream, name: 'e0', event: event(0) }])
    const [second] = await store.append([{ stream, name: 'e1', event: event(1) }])
    await fill(stream, 3)
    const all = [`${stream}.>`]
    for (const pageMessages of [1, 2, 500])
      expect(numbers(await Array.fromAsync(store.scan(all, { after: second, pageMessages })))).toEqual(
        upTo(3),
      )
    expect(await Array.fromAsync(store.scan(all, { after: await store.lastSequence() }))).toEqual([])
    expect(await Array.fromAsync(store.scan(all, { after: new Date('2999-01-01') }))).toEqual([])
    const since = store.scan(all, { after: new Date('2020-01-01') })
    expect(numbers(await Array.fromAsync(since))).toEqual([0, 1, ...upTo(3)])
  })

  it('ends when the loop is left, and may be begun again', async () => {
    const stream = newStream()
    await fill(stream, 1200)
    for (const taken of [1, 700]) {
      const seen: number[] = []
      for await (const { event } of store.history(stream)) {
        seen.push(event.n)
        if (seen.length === taken) break
      }
      expect(seen).toEqual(upTo(taken))
    }
  })

  it('reads anew with each loop over the same reading', async () => {
    const stream = newStream()
    await fill(stream, 600)
    const readings = [store.history(stream), store.scan([`${stream}.>`])]
    for (const total of [600, 601]) {
      for (const reading of readings) expect(numbers(await Array.fromAsync(reading))).toEqual(upTo(total))
      await store.append([{ stream, name: 'moved', event: event(total) }])
    }
  })

  it.each([0, 1, 700])('throws the reason when it is aborted behind %i events', async (taken) => {
    const stream = newStream()
    await fill(stream, 1200)
    const abort = new AbortController()
    const [seen, reason]: [number[], Error] = [[], new Error('enough')]
    if (taken === 0) abort.abort(reason)
    const reading = async () => {
      for await (const { event } of store.history(stream, { signal: abort.signal })) {
        seen.push(event.n)
        if (seen.length === taken) abort.abort(reason)
      }
    }
    await expect(reading()).rejects.toBe(reason)
    expect(seen).toEqual(upTo(taken))
  })

  it('throws at what is no event in a history, and passes it over in a scan', async () => {
    const stream = newStream()
    const notCounted = { id: 'x' } as Counted
    await store.append([{ stream, name: 'opened', event: event(1) }])
    const [wrong] = await store.append([{ stream, name: 'moved', event: notCounted }])
    await store.append([{ stream, name: 'closed', event: event(2) }])
    const history = Array.fromAsync(store.history(stream))
    await expect(history).rejects.toMatchObject({ sequence: wrong, subject: `${stream}.moved` })
    await expect(store.load(stream)).rejects.toThrow(UnreadableEvent)
    await expect(store.readAt(wrong)).rejects.toThrow(UnreadableEvent)
    expect(numbers(await Array.fromAsync(store.scan([`${stream}.>`])))).toEqual([1, 2])
  })

  it.each(['', 'a b', 's..b', 's.>.b', '>.s'])('refuses the filter %j', async (filter) => {
    await expect(Array.fromAsync(store.scan([filter]))).rejects.toThrow(StoreRefused)
  })

  it('removes what stands before a sequence, of one stream', async () => {
    const [a, b] = [newStream(), newStream()]
    const [, second] = await store.append([
      { stream: a, name: 'opened', event: event(1) },
      { stream: a, name: 'moved', event: event(2) },
      { stream: b, name: 'opened', event: event(3) },
    ])
    await store.purge(a, second)
    expect(numbers(await Array.fromAsync(store.scan([`${a}.>`, `${b}.>`])))).toEqual([2, 3])
    await store.purge(a, second + 1)
    expect((await store.load(a)).revision).toBe(0)
    await store.append([{ stream: a, name: 'opened', event: event(4), expected: 'no stream' }])
  })

  it.each([0, -1, 1.5, NaN, 2 ** 53])('refuses the sequence %d', async (sequence) => {
    const stream = newStream()
    await store.append([{ stream, name: 'opened', event: event(1) }])
    await expect(store.readAt(sequence)).rejects.toThrow(StoreRefused)
    await expect(store.purge(stream, sequence)).rejects.toThrow(StoreRefused)
    await store.purge(stream, 1)
    expect((await store.load(stream)).events).toHaveLength(1)
  })

  it('says that a stream has more names than are given at once, and gives its history', async () => {
    const stream = newStream()
    const named = (n: number) => ({ stream, name: `name${n}`, event: event(n) })
    await store.append(Array.from({ length: 1000 }, (_, n) => named(n)))
    await store.append(Array.from({ length: 24 }, (_, n) => named(1000 + n)))
    expect((await store.load(stream)).events).toHaveLength(1024)
    await store.append([named(1024)])
    await expect(store.load(stream)).rejects.toThrow(StoreRefused)
    expect(await Array.fromAsync(store.history(stream))).toHaveLength(1025)
  })

  it('keeps the newest value under each subject of another stream', async () => {
    const lookup = store.lookup('NOTES')
    expect(await lookup.get('note.a')).toBeUndefined()
    await lookup.put('note.a', '1')
    await lookup.put('note.a', '2')
    await lookup.put('note.b', '3')
    expect(await lookup.get('note.a')).toBe('2')
    expect((await lookup.all('note.*')).sort()).toEqual(['2', '3'])
  })
}

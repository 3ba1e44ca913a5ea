import { afterAll, beforeAll, expect, it } from 'vitest'
import { Conflict, type Decider, type EventStore, StoreRefused } from '../src/index.ts'
import { type Counted, event, newStream, type OpenSubject, type Subject } from './subject.ts'

export function decides(openSubject: OpenSubject): void {
  let subject: Subject
  let store: EventStore<Counted>
  beforeAll(async () => {
    subject = await openSubject()
    store = subject.store
  })
  afterAll(() => subject.close())

  /** Adds one to a total, of which each event tells. */
  const addOne = (stream: string, most = Infinity): Decider<number, Counted, 'full'> => ({
    folds: 'newest of each name',
    initial: 0,
    evolve: (_, { event }) => event.n,
    decide: (total) =>
      total < most ? [{ stream, name: 'counted', event: event(total + 1) }] : { nothing: 'full' },
  })
  /** Adds a number to a sum, of which no event tells. */
  const add = (stream: string, n: number): Decider<number, Counted, never> => ({
    folds: 'all events',
    initial: 0,
    evolve: (sum, { event }) => sum + event.n,
    decide: () => [{ stream, name: 'added', event: event(n) }],
  })

  it('appends what is decided, and gives the state and the revision behind it', async () => {
    const stream = newStream()
    for (const state of [1, 2]) {
      const done = await store.decide(stream, addOne(stream))
      const revision = await store.lastSequence()
      expect(done).toEqual({ kind: 'appended', state, revision, sequences: [revision] })
    }
  })

  it('says why nothing was decided, and stores nothing', async () => {
    const stream = newStream()
    await store.decide(stream, addOne(stream))
    const revision = await store.lastSequence()
    const done = await store.decide(stream, addOne(stream, 1))
    expect(done).toEqual({ kind: 'nothing', because: 'full', state: 1, revision })
    expect(await store.lastSequence()).toBe(revision)
  })

  it('decides again for each of twelve that race, so that nothing is lost or done twice', async () => {
    const [totals, sums] = [newStream(), newStream()]
    const racers = Array.from({ length: 12 }, (_, n) => n + 1)
    const done = await Promise.all(
      racers.flatMap((n) => [store.decide(totals, addOne(totals, 10)), store.decide(sums, add(sums, n))]),
    )
    expect(done.filter(({ kind }) => kind === 'nothing')).toHaveLength(2)
    expect((await store.load(totals)).events.map(({ event }) => event.n)).toEqual([10])
    const all = await Array.fromAsync(store.history(sums))
    expect(all.map(({ event }) => event.n).sort((a, b) => a - b)).toEqual(racers)
  })

  it('protects a decision whose event says that it expects undefined', async () => {
    const stream = newStream()
    const free: Decider<number, Counted, never> = {
      ...add(stream, 1),
      decide: (sum) => [{ stream, name: 'added', event: event(sum + 1), expected: undefined }],
    }
    await Promise.all(Array.from({ length: 4 }, () => store.decide(stream, free)))
    const all = await Array.fromAsync(store.history(stream))
    expect(all.map(({ event }) => event.n)).toEqual([1, 2, 4, 8])
  })

  it('takes what is known already, and loads the stream when it is not so any more', async () => {
    const stream = newStream()
    let decisions = 0
    const counted: Decider<number, Counted, 'full'> = {
      ...addOne(stream),
      decide: (total, revision) => {
        decisions++
        return addOne(stream).decide(total, revision)
      },
    }
    const first = await store.decide(stream, counted, { known: { state: 0, revision: 0 } })
    await store.decide(stream, counted, { known: first })
    expect(decisions).toBe(2)
    expect(await store.decide(stream, counted, { known: first })).toMatchObject({ state: 3 })
    expect(decisions).toBe(4)
  })

  it('gives up with the conflict when its patience is over', async () => {
    const stream = newStream()
    const done = await store.decide(stream, addOne(stream))
    const stale = { known: { ...done, revision: done.revision - 1 }, patienceMs: 0 }
    await expect(store.decide(stream, addOne(stream), stale)).rejects.toThrow(Conflict)
  })

  it('stores events of other streams and schedules with the decision, or none of them', async () => {
    const [own, other] = [newStream(), newStream()]
    const moves: Decider<number, Counted, never> = {
      ...add(own, 1),
      decide: (sum) => [
        { schedule: `later.${own}`, when: subject.now(), target: `${own}.due`, event: event(10) },
        { stream: other, name: 'opened', event: event(sum), expected: 'no stream' },
        { stream: own, name: 'added', event: event(1) },
        { stream: own, name: 'added', event: event(2) },
      ],
    }
    const done = await store.decide(own, moves)
    expect(done).toMatchObject({ kind: 'appended', state: 3 })
    expect(done.kind === 'appended' && done.sequences.at(-1)).toBe(done.revision)
    // The other stream is there now, so the conflict remains however often it is decided.
    await expect(store.decide(own, moves, { patienceMs: 0 })).rejects.toThrow(Conflict)
    expect((await store.load(other)).events).toHaveLength(1)
  })

  it('refuses a decision that nothing would protect', async () => {
    const [own, other] = [newStream(), newStream()]
    await expect(store.decide(own, add(other, 1))).rejects.toThrow(RangeError)
    await expect(store.decide('note.x', add('note.x', 1))).rejects.toThrow(StoreRefused)
    expect((await store.load(other)).revision).toBe(0)
  })

  it('throws what the decider throws', async () => {
    const stream = newStream()
    const cannot = {
      ...add(stream, 1),
      decide: () => {
        throw new TypeError('cannot say')
      },
    }
    await expect(store.decide(stream, cannot)).rejects.toThrow(TypeError)
  })
}

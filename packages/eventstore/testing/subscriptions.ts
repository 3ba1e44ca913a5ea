import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Delivery, type EventStore, StoreUnavailable } from '../src/index.ts'
import { type Counted, event, newStream, type OpenSubject, type Subject } from './subject.ts'

/** A bound on what hangs: a busy machine takes several times as long as a quiet one. */
const patienceMs = 60_000

export function givesEventsOut(openSubject: OpenSubject): void {
  let subject: Subject
  let store: EventStore<Counted>
  beforeAll(async () => {
    subject = await openSubject()
    store = subject.store
  })
  afterAll(() => subject.close())

  const consumerOf = (stream: string, backoffMs: number[]) => ({
    name: stream.replace('.', '-'),
    filters: [`${stream}.>`],
    backoffMs,
    maxDeliver: backoffMs.length + 2,
  })
  /** Hands deliveries over one by one. */
  function inbox() {
    const [came, waiting]: [Delivery<Counted>[], ((delivery: Delivery<Counted>) => void)[]] = [[], []]
    return {
      came: 0,
      take(delivery: Delivery<Counted>) {
        this.came++
        const next = waiting.shift()
        if (next) next(delivery)
        else came.push(delivery)
      },
      next: (): Promise<Delivery<Counted>> => {
        const delivery = came.shift()
        return delivery ? Promise.resolve(delivery) : new Promise((resolve) => waiting.push(resolve))
      },
    }
  }
  /** Asks until the server has taken in what it was told. */
  async function lagUntil(consumer: string, key: 'out' | 'waiting', value: number): Promise<void> {
    while ((await store.lag(consumer))[key] !== value);
  }

  it('gives a durable consumer each event, and again what was not acknowledged', async () => {
    const stream = newStream()
    // Only the first is left to its time: whatever the test takes for the others, none comes by itself.
    const [deliveries, consumer] = [inbox(), consumerOf(stream, [200, 60_000])]
    await subject.make(consumer)
    const consumption = await store.subscribe(consumer, 2, async (delivery) => deliveries.take(delivery))
    await store.append([{ stream, name: 'opened', event: event(1), expected: 'no stream' }])
    expect(await deliveries.next()).toMatchObject({ deliveries: 1, subject: `${stream}.opened` })
    subject.pass(200)
    const again = await deliveries.next()
    expect(again).toMatchObject({ deliveries: 2, reading: { ok: true, recorded: { event: { n: 1 } } } })
    again.nak(0)
    const third = await deliveries.next()
    third.ack()
    await lagUntil(consumer.name, 'out', 0)
    expect(await store.lag(consumer.name)).toMatchObject({
      waiting: 0,
      out: 0,
      acknowledgedUpTo: third.sequence,
    })
    await consumption.drain()
    await store.append([{ stream, name: 'moved', event: event(2) }])
    await lagUntil(consumer.name, 'waiting', 1)
    expect(deliveries.came).toBe(3)
  })

  it('gives out again what was handed back, when its time has come', async () => {
    const stream = newStream()
    const [deliveries, consumer] = [inbox(), consumerOf(stream, [60_000])]
    await subject.make(consumer)
    const consumption = await store.subscribe(consumer, 1, async (delivery) => deliveries.take(delivery))
    await store.append([{ stream, name: 'opened', event: event(1) }])
    const first = await deliveries.next()
    first.nak(300)
    subject.pass(300)
    const again = await deliveries.next()
    expect(again.deliveries).toBe(2)
    again.ack()
    await lagUntil(consumer.name, 'out', 0)
    await consumption.drain()
  })

  it('never holds more messages than it has slots, and shares them among those that ask', async () => {
    const stream = newStream()
    const consumer = consumerOf(stream, [60_000])
    const gates: (() => void)[] = []
    let [held, most] = [0, 0]
    const handled: number[] = []
    const handle = async (delivery: Delivery<Counted>) => {
      most = Math.max(most, ++held)
      await new Promise<void>((resolve) => gates.push(resolve))
      held--
      delivery.ack()
      handled.push(delivery.sequence)
    }
    await subject.make(consumer)
    const both = [await store.subscribe(consumer, 2, handle), await store.subscribe(consumer, 1, handle)]
    for (let n = 0; n < 9; n++) await store.append([{ stream, name: 'moved', event: event(n) }])
    while (gates.length < 3) await store.lag(consumer.name)
    expect(both.map(({ busy }) => busy())).toEqual([2, 1])
    // Nothing is acknowledged yet: the server counts what was ever given out.
    expect((await store.lag(consumer.name)).out).toBe(3)
    while (handled.length < 9) {
      gates.splice(0).forEach((open) => open())
      await store.lag(consumer.name)
    }
    expect(most).toBe(3)
    await Promise.all(both.map(({ drain }) => drain()))
  })

  it('drains when what is at hand has been handled', async () => {
    const stream = newStream()
    const [deliveries, consumer] = [inbox(), consumerOf(stream, [60_000])]
    let end = () => {}
    await subject.make(consumer)
    const consumption = await store.subscribe(consumer, 1, async (delivery) => {
      deliveries.take(delivery)
      await new Promise<void>((resolve) => (end = resolve))
      delivery.ack()
    })
    await store.append([{ stream, name: 'opened', event: event(1) }])
    await deliveries.next()
    let drained = false
    const draining = consumption.drain().then(() => (drained = true))
    await store.append([{ stream, name: 'moved', event: event(2) }])
    await store.lag(consumer.name)
    expect(drained).toBe(false)
    end()
    await draining
    expect(deliveries.came).toBe(1)
  })

  it('goes on with the next event when a handler throws', async () => {
    const stream = newStream()
    const [seen, told]: [number[], unknown[]] = [[], []]
    const projection = store.project(await end(), {
      onBegin: () => {},
      filters: [`${stream}.>`],
      onEvent: ({ event }) => {
        seen.push(event.n)
        if (event.n === 1) throw new Error('cannot take it')
      },
      onPoison: () => {},
      onInterruption: (error) => told.push(error),
    })
    const [, second] = await store.append([1, 2].map((n) => ({ stream, name: 'moved', event: event(n) })))
    await projection.reached(second ?? 0, patienceMs)
    expect([seen, told]).toMatchObject([[1, 2], [{ message: 'cannot take it' }]])
    projection.stop()
  })

  it('projects from a checkpoint and waits for a sequence', async () => {
    const stream = newStream()
    const [first] = await store.append([{ stream, name: 'opened', event: event(1), expected: 'no stream' }])
    const seen: number[] = []
    const projection = store.project(await end(), {
      onBegin: () => {},
      filters: ['s.>'],
      onEvent: ({ event }) => seen.push(event.n),
      onPoison: () => {},
    })
    const [second] = await store.append([{ stream, name: 'moved', event: event(2), expected: first }])
    await projection.reached(second, patienceMs)
    expect(seen).toEqual([2])
    await expect(projection.reached(second + 1000, 0)).rejects.toThrow(StoreUnavailable)
    projection.stop()
    await store.append([{ stream, name: 'moved', event: event(3) }])
    expect(seen).toEqual([2])
  })

  it.each(['of another history', 'beyond the end', 'with another event in its place'])(
    'begins anew from a checkpoint %s',
    async (kind) => {
      const stream = newStream()
      const [first] = await store.append([{ stream, name: 'opened', event: event(1) }])
      const at = await end()
      const from = {
        'of another history': { ...at, history: '2020-01-01T00:00:00Z' },
        'beyond the end': { ...at, sequence: at.sequence + 1000 },
        'with another event in its place': { ...at, newest: { sequence: first, id: 'another' } },
      }[kind]
      const [seen, begun]: [number[], [string, number][]] = [[], []]
      const projection = store.project(from ?? at, {
        onBegin: (...told) => begun.push(told),
        filters: [`${stream}.>`],
        onEvent: ({ event }) => seen.push(event.n),
        onPoison: () => {},
      })
      await projection.reached(first, patienceMs)
      expect([seen, begun]).toEqual([[1], [[at.history, at.sequence]]])
      projection.stop()
    },
  )

  const end = async () => ({ sequence: await store.lastSequence(), history: await store.createdAt() })
}

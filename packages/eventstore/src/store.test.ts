import { setTimeout as wait } from 'node:timers/promises'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type NatsServer, startNatsServer } from '../../../test/fixtures/nats/server.ts'
import {
  Conflict,
  type Delivery,
  ensureLayout,
  type EventStore,
  ofEvents,
  openEventStore,
  type Recorded,
  StoreFull,
  StoreUnavailable,
} from './index.ts'
import { oldestServer } from './streams.ts'

const Counted = z.object({ id: z.string(), n: z.number() })
type Counted = z.infer<typeof Counted>

const room = { probe: 's.probe', reserve: { stream: 'KEPT', replicas: 1, bytes: 256 * 1024 } }
const edition = { version: 1, serves: 1, madeBy: 'make streams' }
const open = async (connection: NatsConnection, subjects = ['s.>', 'later.>']) => {
  const layout = { edition, streams: [{ ...ofEvents, name: 'T', subjects }] }
  const prepare = () => ensureLayout(connection, { ...layout, consumers: [] })
  return openEventStore({ connection, layout, prepare, decode: (json) => Counted.parse(json), room })
}

const end = async (store: EventStore<Counted>) => ({
  sequence: await store.lastSequence(),
  history: await store.createdAt(),
})

let count = 0
const newStream = () => `s.a${count++}`
const event = (n: number): Counted => ({ id: `${n}-${count++}`, n })

/** Resolves when the condition holds; the conditions are set by events, the poll only notices. */
async function until(condition: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const deadline = Date.now() + ms
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not so within ${ms} ms: ${condition.toString()}`)
    await wait(5)
  }
}

describe.each(['2.15.2', oldestServer])('the event store on nats-server %s', (version) => {
  let server: NatsServer
  let connection: NatsConnection
  let store: EventStore<Counted>

  beforeAll(async () => {
    server = await startNatsServer({ version })
    connection = await server.connect()
    store = await open(connection)
  })
  afterAll(() => server.stop())

  it('appends at the expected revision and loads the newest event of each name', async () => {
    const stream = newStream()
    const first = await store.append([{ stream, name: 'opened', event: event(1), expected: 0 }])
    const second = await store.append([{ stream, name: 'moved', event: event(2), expected: first }])
    const third = await store.append([{ stream, name: 'moved', event: event(3), expected: second }])
    const loaded = await store.load(stream)
    expect(loaded.revision).toBe(third)
    expect(loaded.events.map(({ event }) => event.n)).toEqual([1, 3])
    expect((await store.history(stream)).map(({ event }) => event.n)).toEqual([1, 2, 3])
    expect((await store.readAt(second))?.event.n).toBe(2)
    expect(await store.readAt(third + 1000)).toBeUndefined()
  })

  it('knows nothing of a stream without events', async () => {
    expect(await store.load('s.nobody')).toEqual({ revision: 0, events: [] })
    expect(await store.history('s.nobody')).toEqual([])
  })

  it('refuses an append whose expectation is wrong', async () => {
    const stream = newStream()
    const revision = await store.append([{ stream, name: 'opened', event: event(1), expected: 0 }])
    await expect(store.append([{ stream, name: 'opened', event: event(2), expected: 0 }])).rejects.toThrow(
      Conflict,
    )
    expect((await store.load(stream)).revision).toBe(revision)
  })

  it('takes an expectation over more than the stream, also within one append', async () => {
    const id = `u${count++}`
    const entry = (kind: string, name: string) => ({
      stream: `s.${kind}.${name}`,
      name: 'opened',
      event: event(1),
      expected: 0,
      expectedIn: `s.*.${name}`,
    })
    await store.append([entry('a', id)])
    await expect(store.append([entry('b', id)])).rejects.toThrow(Conflict)
    expect((await store.load(`s.b.${id}`)).revision).toBe(0)
    await expect(store.append([entry('a', `${id}x`), entry('b', id)])).rejects.toThrow(Conflict)
    await store.append([entry('a', `${id}x`), entry('b', `${id}y`)])
    expect((await store.load(`s.b.${id}y`)).events).toHaveLength(1)
  })

  it('lets exactly one of twenty racing appends win', async () => {
    const stream = newStream()
    const racers = Array.from({ length: 20 }, (_, n) =>
      store.append([{ stream, name: 'won', event: event(n), expected: 0 }]),
    )
    const results = await Promise.allSettled(racers)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await store.history(stream)).toHaveLength(1)
  })

  it('stores several events at once, or none of them', async () => {
    const [a, b] = [newStream(), newStream()]
    const first = await store.append([
      { stream: a, name: 'opened', event: event(1), expected: 0 },
      { stream: b, name: 'opened', event: event(2), expected: 0 },
    ])
    expect((await store.load(a)).revision).toBe(first)
    expect((await store.load(b)).revision).toBe(first + 1)
    const c = newStream()
    const partlyWrong = store.append([
      { stream: c, name: 'opened', event: event(3), expected: 0 },
      { stream: b, name: 'moved', event: event(4), expected: first + 100 },
    ])
    await expect(partlyWrong).rejects.toThrow(Conflict)
    expect((await store.load(c)).revision).toBe(0)
  })

  it('takes a thousand entries at once and no more', async () => {
    const stream = newStream()
    const entries = Array.from({ length: 1000 }, (_, n) => ({
      stream: `${stream}.x${n}`,
      name: 'opened',
      event: event(n),
      expected: 0,
    }))
    const first = await store.append(entries)
    expect((await store.load(`${stream}.x999`)).revision).toBe(first + 999)
    await expect(store.append([...entries, ...entries])).rejects.toThrow(RangeError)
  })

  it('stores a scheduled event at its time, and not when its schedule was ended', async () => {
    const [kept, ended] = [newStream(), newStream()]
    const seen: Recorded<Counted>[] = []
    const following = store.follow({
      from: await end(store),
      onBegin: () => {},
      filters: ['s.>'],
      onEvent: (r) => seen.push(r),
      onPoison: () => {},
    })
    for (const stream of [kept, ended]) {
      await store.append([
        { stream, name: 'opened', event: event(1), expected: 0 },
        {
          schedule: `later.${stream}`,
          when: new Date(Date.now() + 700),
          target: `${stream}.due`,
          event: event(2),
        },
      ])
    }
    const { revision } = await store.load(ended)
    await store.append([
      { stream: ended, name: 'closed', event: event(3), expected: revision, endsSchedule: `later.${ended}` },
    ])
    await until(() => seen.some(({ subject }) => subject === `${kept}.due`))
    expect((await store.load(kept)).events.map(({ event }) => event.n)).toEqual([1, 2])
    expect(seen.some(({ subject }) => subject === `${ended}.due`)).toBe(false)
    following.stop()
  })

  it('gives a durable consumer each event, and again what was not acknowledged', async () => {
    const stream = newStream()
    const deliveries: Delivery<Counted>[] = []
    const consumer = {
      name: `c${version.replaceAll('.', '')}`,
      filters: [`${stream}.>`],
      backoffMs: [200, 200],
      maxDeliver: 4,
    }
    await ensureLayout(connection, { edition, streams: [], consumers: [{ stream: 'T', ...consumer }] })
    const consumption = await store.subscribe(consumer, 2, async (delivery) => {
      deliveries.push(delivery)
      if (delivery.deliveries > 1) delivery.ack()
    })
    await store.append([{ stream, name: 'opened', event: event(1), expected: 0 }])
    await until(() => deliveries.length === 2)
    expect(deliveries.map((delivery) => delivery.deliveries)).toEqual([1, 2])
    await until(async () => (await store.lag(consumer.name)).out === 0)
    expect(await store.lag(consumer.name)).toMatchObject({ waiting: 0, out: 0 })
    await consumption.drain()
    await store.append([{ stream, name: 'moved', event: event(2) }])
    await until(async () => (await store.lag(consumer.name)).waiting === 1)
  })

  it('never holds more messages than it has slots', async () => {
    const stream = newStream()
    let most = 0
    let handled = 0
    const gates: (() => void)[] = []
    const consumer = {
      name: `slots${version.replaceAll('.', '')}`,
      filters: [`${stream}.>`],
      backoffMs: [60_000],
      maxDeliver: 3,
    }
    await ensureLayout(connection, { edition, streams: [], consumers: [{ stream: 'T', ...consumer }] })
    const consumption = await store.subscribe(consumer, 3, async (delivery) => {
      most = Math.max(most, consumption.busy())
      await new Promise<void>((resolve) => gates.push(resolve))
      delivery.ack()
      handled++
    })
    for (let n = 0; n < 10; n++) await store.append([{ stream, name: 'moved', event: event(n) }])
    await until(() => gates.length === 3)
    expect((await store.lag(consumer.name)).out).toBe(3)
    await until(() => {
      gates.splice(0).forEach((open) => open())
      return handled === 10
    })
    expect(most).toBe(3)
    await consumption.drain()
  })

  it('sets a stored message that is no event aside and goes on', async () => {
    const stream = newStream()
    const poisons: string[] = []
    const seen: number[] = []
    const after = await store.lastSequence()
    connection.publish(`${stream}.bad`, 'not JSON')
    connection.publish(`${stream}.bad`, '{"id": 1}')
    await store.append([{ stream, name: 'opened', event: event(7) }])
    const projection = store.project(
      { sequence: after, history: await store.createdAt() },
      {
        onBegin: () => {},
        filters: [`${stream}.>`],
        onEvent: ({ event }) => seen.push(event.n),
        onPoison: ({ payload }) => poisons.push(payload),
      },
    )
    await projection.reached(after + 3, 5000)
    expect(poisons).toEqual(['not JSON', '{"id": 1}'])
    expect(seen).toEqual([7])
    projection.stop()
  })

  it('goes on with the next event when a handler throws', async () => {
    const stream = newStream()
    const [seen, told]: [number[], unknown[]] = [[], []]
    const following = store.follow({
      from: await end(store),
      onBegin: () => {},
      filters: [`${stream}.>`],
      onEvent: ({ event }) => {
        seen.push(event.n)
        if (event.n === 1) throw new Error('cannot take it')
      },
      onPoison: () => {},
      onInterruption: (error) => told.push(error),
    })
    for (const n of [1, 2]) await store.append([{ stream, name: 'moved', event: event(n) }])
    await until(() => seen.length === 2)
    expect(told).toMatchObject([{ message: 'cannot take it' }])
    following.stop()
  })

  it('projects from a checkpoint and waits for a sequence', async () => {
    const stream = newStream()
    const first = await store.append([{ stream, name: 'opened', event: event(1), expected: 0 }])
    const seen: number[] = []
    const projection = store.project(
      { sequence: first, history: await store.createdAt() },
      {
        onBegin: () => {},
        filters: ['s.>'],
        onEvent: ({ event }) => seen.push(event.n),
        onPoison: () => {},
      },
    )
    const second = await store.append([{ stream, name: 'moved', event: event(2), expected: first }])
    await projection.reached(second, 5000)
    expect(seen).toEqual([2])
    await expect(projection.reached(second + 1000, 20)).rejects.toThrow(StoreUnavailable)
    projection.stop()
  })

  it('opens again on the same server, and widens the subjects of the stream', async () => {
    const wider = await open(connection, ['more.>'])
    const sequence = await wider.append([{ stream: 'more.x', name: 'opened', event: event(1), expected: 0 }])
    expect((await store.readAt(sequence))?.subject).toBe('more.x.opened')
    expect(await store.append([{ stream: newStream(), name: 'opened', event: event(1), expected: 0 }])).toBe(
      sequence + 1,
    )
  })
})

describe('the event store under failures', () => {
  it('resolves appends over a server that is killed and started again, each stored once, and goes on following', async () => {
    const server = await startNatsServer()
    const store = await open(await server.connect())
    const seen: number[] = []
    store.follow({
      from: { sequence: 0 },
      onBegin: () => {},
      filters: ['s.>'],
      onEvent: ({ event }) => seen.push(event.n),
      onPoison: () => {},
    })
    const total = 600
    const appends = Array.from({ length: total }, async (_, n) => {
      await wait(n * 3)
      return store.append([{ stream: `s.k${n}`, name: 'opened', event: event(n), expected: 0 }], 20_000)
    })
    await until(() => seen.length > total / 4)
    await server.kill()
    await server.start()
    const sequences = await Promise.all(appends)
    expect(new Set(sequences).size).toBe(total)
    await until(() => seen.length === total)
    expect(new Set(seen).size).toBe(total)
    await server.stop()
  })

  it('tells when nobody answers', async () => {
    const server = await startNatsServer()
    const store = await open(await server.connect())
    await server.kill()
    await expect(store.append([{ stream: 's.x', name: 'opened', event: event(1) }], 300)).rejects.toThrow(
      StoreUnavailable,
    )
    await server.stop()
  })

  it('tells that the server is full, and drops nothing', async () => {
    const server = await startNatsServer({ jetstream: 'max_file_store: 1MB' })
    const store = await open(await server.connect())
    const filler = 'x'.repeat(50_000)
    const fill = async () => {
      for (let n = 0; n < 100; n++)
        await store.append([
          { stream: `s.f${n}`, name: filler.slice(0, 10), event: { ...event(n), filler } as Counted },
        ])
    }
    await expect(fill()).rejects.toThrow(StoreFull)
    expect((await store.load('s.f0')).revision).toBe(1)
    await server.stop()
  })
})

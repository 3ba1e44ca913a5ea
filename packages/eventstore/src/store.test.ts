import { setTimeout as wait } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { namedNatsServer } from '@pdf-smaller/testing/nats/named'
import { startNatsServer, type NatsServer } from '@pdf-smaller/testing/nats/server'
import { describeContract } from '../testing/contract.ts'
import { Counted, event, newStream, type Subject } from '../testing/subject.ts'
import {
  ensureLayout,
  type EventStore,
  ofEvents,
  openEventStore,
  StoreFull,
  StoreRefused,
  StoreUnavailable,
} from './index.ts'
import { oldestServer } from './streams.ts'

const decode = (json: unknown) => Counted.parse(json)
const room = { probe: 's.probe', reserve: { stream: 'KEPT', bytes: 256 * 1024 } }
const notes = { name: 'NOTES', subjects: ['note.>'], max_msgs_per_subject: 1, allow_direct: true }
const edition = { version: 1, serves: 1, madeBy: 'make streams' }
const open = (connection: NatsConnection, subjects = ['s.>', 'later.>']) => {
  const layout = { edition, streams: [{ ...ofEvents, name: 'T', subjects }, notes] }
  const prepare = () => ensureLayout(connection, { ...layout, consumers: [] })
  return openEventStore({ connection, layout, prepare, decode, room })
}

async function openSubject(version: string): Promise<Subject> {
  const server = (await namedNatsServer()) ?? (await startNatsServer({ version }))
  const connection = await server.connect()
  const store = await open(connection)
  // Time passes by itself, and every test waits for what that brings.
  const byItself = () => {}
  return {
    store,
    make: (consumer) =>
      ensureLayout(connection, { edition, streams: [], consumers: [{ stream: 'T', ...consumer }] }),
    now: () => new Date(),
    pass: byItself,
    fire: byItself,
    close: () => server.stop(),
  }
}

const versions = process.env['TEST_NATS_URL'] ? ['that is named'] : ['2.15.2', oldestServer]
describe.each(versions)('on nats-server %s', (version) => describeContract(() => openSubject(version)))

describe('what the server sees', () => {
  let server: NatsServer
  let connection: NatsConnection
  let store: EventStore<Counted>
  beforeAll(async () => {
    server = await startNatsServer()
    connection = await server.connect()
    store = await open(connection)
  })
  afterAll(() => server.stop())

  it('is asked for little more than is read, and keeps nothing of a reading that is over', async () => {
    const stream = newStream()
    const manager = await jetstreamManager(connection)
    for (let n = 0; n < 5; n++)
      await store.append(Array.from({ length: 1000 }, () => ({ stream, name: 'moved', event: event(n) })))
    const before = connection.stats().inMsgs
    for await (const _ of store.history(stream)) break
    // Other answers come to the same connection; the rest of a second page may be under way.
    expect(connection.stats().inMsgs - before).toBeLessThan(1100)
    while ((await manager.consumers.list('T').next()).length > 0);
  })

  it('sets a stored message that is no event aside and goes on', async () => {
    const stream = newStream()
    const [poisons, seen]: [string[], number[]] = [[], []]
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
    await projection.reached(after + 3, 60_000)
    expect([poisons, seen]).toEqual([['not JSON', '{"id": 1}'], [7]])
    projection.stop()
  })

  it('stores nothing in a stream that keeps the subject in place of its own', async () => {
    const layout = { edition, streams: [{ ...ofEvents, name: 'T', subjects: ['note.>'] }] }
    const mistaken = await openEventStore({ connection, layout, prepare: async () => {}, decode })
    const entry = { stream: 'note.x', name: 'opened', event: event(1) }
    for (const entries of [[entry], [entry, entry]])
      await expect(mistaken.append(entries)).rejects.toThrow(StoreRefused)
    expect(await store.lookup('NOTES').get('note.x.opened')).toBeUndefined()
    mistaken.close()
  })

  it('says what it was not opened for', async () => {
    const layout = { edition, streams: [{ ...ofEvents, name: 'T' }] }
    const plain = await openEventStore({ connection, layout, decode })
    await expect(plain.room()).rejects.toThrow(RangeError)
    expect(await store.room()).toBe('open')
    plain.close()
  })

  it('opens again on the same server, and widens the subjects of the stream', async () => {
    const wider = await open(connection, ['more.>'])
    const [sequence] = await wider.append([{ stream: 'more.x', name: 'opened', event: event(1) }])
    expect((await store.readAt(sequence))?.subject).toBe('more.x.opened')
    expect(await store.append([{ stream: newStream(), name: 'opened', event: event(1) }])).toEqual([
      sequence + 1,
    ])
  })

  it('is left alone by a store that was closed', async () => {
    const [other, seen] = [await open(connection), Promise.withResolvers<void>()]
    const filters = ['s.>']
    let count = 0
    const quiet = { from: { sequence: 0 }, filters, onBegin: () => {}, onPoison: () => {} }
    other.follow({ ...quiet, onEvent: () => count++ })
    await other.append([{ stream: newStream(), name: 'opened', event: event(1) }])
    other.close()
    const before = count
    const stream = newStream()
    const following = store.follow({
      ...quiet,
      onEvent: ({ subject }) => subject.startsWith(`${stream}.`) && seen.resolve(),
    })
    await store.append([{ stream, name: 'opened', event: event(1) }])
    await seen.promise
    expect(count).toBe(before)
    await expect(other.append([{ stream, name: 'x', event: event(2) }], { patienceMs: 0 })).rejects.toThrow(
      StoreUnavailable,
    )
    following.stop()
  })
})

describe('the event store under failures', () => {
  let server: NatsServer
  const start = async (options?: Parameters<typeof startNatsServer>[0]) =>
    (server = await startNatsServer(options))
  afterEach(() => server.stop())

  it('resolves appends over a server that is killed and started again, each stored once, and goes on following', async () => {
    await start()
    const store = await open(await server.connect())
    const seen: number[] = []
    const [quarter, all] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const total = 600
    store.follow({
      from: { sequence: 0 },
      onBegin: () => {},
      filters: ['s.>'],
      onEvent: ({ event }) => {
        seen.push(event.n)
        if (seen.length > total / 4) quarter.resolve()
        if (seen.length === total) all.resolve()
      },
      onPoison: () => {},
    })
    const appends = Array.from({ length: total }, async (_, n) => {
      await wait(n * 3)
      const entry = { stream: `s.k${n}`, name: 'opened', event: event(n), expected: 'no stream' as const }
      return store.append([entry], { patienceMs: 60_000 })
    })
    await quarter.promise
    await server.kill()
    await server.start()
    const sequences = (await Promise.all(appends)).flat()
    expect(new Set(sequences).size).toBe(total)
    await all.promise
    expect(new Set(seen).size).toBe(total)
  })

  it('tells when nobody answers', async () => {
    await start()
    const store = await open(await server.connect())
    await server.kill()
    const entry = { stream: 's.x', name: 'opened', event: event(1) }
    const asked = [
      store.append([entry], { patienceMs: 300 }),
      store.load('s.x'),
      store.lastSequence(),
      store.lookup('NOTES').get('note.x'),
      Array.fromAsync(store.history('s.x')),
    ]
    for (const result of await Promise.allSettled(asked))
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(StoreUnavailable)
  })

  it('ends a reading by its signal while nobody answers', async () => {
    await start()
    const store = await open(await server.connect())
    await store.append([{ stream: 's.x', name: 'opened', event: event(1) }])
    await server.kill()
    const [abort, reason] = [new AbortController(), new Error('enough')]
    const readings = [store.history('s.x', abort), store.scan(['s.>'], abort)].map((each) =>
      Array.fromAsync(each),
    )
    setImmediate(() => abort.abort(reason))
    for (const result of await Promise.allSettled(readings))
      expect(result.status === 'rejected' && result.reason).toBe(reason)
  })

  it('goes on reading behind the last event when the server was started again', async () => {
    await start()
    const store = await open(await server.connect())
    for (let n = 0; n < 3; n++)
      await store.append(
        Array.from({ length: 1000 }, () => ({ stream: 's.x', name: 'moved', event: event(n) })),
      )
    const seen: number[] = []
    for await (const { sequence } of store.history('s.x')) {
      seen.push(sequence)
      if (seen.length !== 700) continue
      await server.kill()
      await server.start()
    }
    expect(seen).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1))
  })

  it('tells that the server is full, and drops nothing', async () => {
    await start({ jetstream: 'max_file_store: 1MB' })
    const store = await open(await server.connect())
    const filler = 'x'.repeat(50_000)
    const fill = async () => {
      for (let n = 0; n < 100; n++)
        await store.append([{ stream: `s.f${n}`, name: 'filled', event: { ...event(n), filler } as Counted }])
    }
    await expect(fill()).rejects.toThrow(StoreFull)
    expect((await store.load('s.f0')).revision).toBe(1)
  })
})

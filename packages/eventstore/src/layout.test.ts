import { cp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type ConsumerConfig, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { type DurableConsumer, ensureLayout, type Layout, StoreRefused, type WantedStream } from './index.ts'
import { oldestServer } from './streams.ts'

const edition = { version: 1, serves: 1, madeBy: 'make streams' }
const ensure = (connection: NatsConnection, layout: Omit<Layout, 'edition'>) =>
  ensureLayout(connection, { edition, ...layout })

describe.each(['2.15.2', oldestServer])('what the server keeps, brought up to date on %s', (version) => {
  let server: NatsServer
  let connection: NatsConnection
  let manager: JetStreamManager

  beforeAll(async () => {
    server = await startNatsServer({ version })
    connection = await server.connect()
    manager = await jetstreamManager(connection)
  })
  afterAll(() => server.stop())

  // A server that has just removed a stream may still give out its messages.
  let count = 0
  let name: string
  let stream: WantedStream
  let consumer: DurableConsumer
  beforeEach(() => {
    name = `JOBS${++count}`
    stream = { name, subjects: [`s${count}.>`], max_age: nanos(3_600_000) }
    consumer = { name: 'work', filters: [`s${count}.a.>`], backoffMs: [60_000, 120_000], maxDeliver: 4 }
  })
  const bring = (over: Partial<DurableConsumer> = {}) =>
    ensure(connection, { streams: [stream], consumers: [{ stream: name, ...consumer, ...over }] })
  const settings = async () => (await manager.consumers.info(name, 'work')).config

  /** Stores four events, of which the consumer is given two and acknowledges one. */
  async function began(config: Partial<ConsumerConfig> = {}): Promise<void> {
    await ensure(connection, { streams: [stream], consumers: [] })
    await manager.consumers.add(name, {
      durable_name: 'work',
      ack_policy: 'explicit',
      filter_subject: `s${count}.a.>`,
      ack_wait: nanos(60_000),
      ...config,
    })
    for (const n of [1, 2, 3, 4]) await connection.request(`s${count}.a.${n}`, String(n))
    for (const n of [1, 2]) {
      const given = await pull()
      expect(given.string()).toBe(String(n))
      if (n === 1 && given.reply) await connection.request(given.reply, '+ACK')
    }
  }
  const pull = () =>
    connection.request(`$JS.API.CONSUMER.MSG.NEXT.${name}.work`, '1', { noMux: true, timeout: 60_000 })
  const next = async () => (await pull()).string()

  it.each([
    [
      'waits',
      { backoffMs: [30_000, 60_000, 90_000] },
      { backoff: [30_000, 60_000, 90_000].map((ms) => nanos(ms)) },
    ],
    ['fewer waits', { backoffMs: [10] }, { backoff: [nanos(10)], ack_wait: nanos(10) }],
    ['deliveries', { maxDeliver: 40 }, { max_deliver: 40 }],
    ['subjects', { filters: ['*.b.>', '*.c.>'] }, { filter_subjects: ['*.b.>', '*.c.>'] }],
  ])('takes other %s, and the former ones again', async (_, over, expected) => {
    await bring()
    const before = await settings()
    await bring(over)
    expect(await settings()).toMatchObject(expected)
    await bring()
    expect(await settings()).toEqual(before)
  })

  it.each<[string, Partial<ConsumerConfig>]>([
    ['one subject', {}],
    [
      'other waits and deliveries',
      { backoff: [nanos(60_000), nanos(70_000), nanos(80_000)], max_deliver: 3 },
    ],
    ['an end when nobody asks', { inactive_threshold: nanos(60_000) }],
    ['a place to begin at', { deliver_policy: 'by_start_sequence', opt_start_seq: 1 }],
    ['few messages out at a time', { max_ack_pending: 2 }],
  ])('goes on where a consumer of an older release was, made with %s', async (_, config) => {
    await began(config)
    await bring()
    expect(await settings()).toMatchObject({
      filter_subjects: consumer.filters,
      max_deliver: 4,
      max_ack_pending: 10_000,
    })
    const { num_ack_pending, ack_floor } = await manager.consumers.info(name, 'work')
    expect({ num_ack_pending, floor: ack_floor.stream_seq }).toEqual({ num_ack_pending: 1, floor: 1 })
    expect(await next()).toBe('3')
  })

  it('makes a consumer anew that cannot be changed, behind what was acknowledged', async () => {
    await began({ mem_storage: true, replay_policy: 'original' })
    await bring()
    expect((await settings()).replay_policy).toBe('instant')
    expect(await next()).toBe('2')
    await bring({ backoffMs: [50_000] })
    expect(await next()).toBe('3')
  })

  it('gives out what is stored after the end of the stream was lost', async () => {
    await began()
    const copy = `${server.data}-copy`
    const messages = path.join(server.data, `jetstream/$G/streams/${name}/msgs`)
    await cp(messages, copy, { recursive: true })
    await bring()
    for (const n of [5, 6, 7, 8, 9]) await connection.request(`s${count}.a.${n}`, String(n))
    for (const n of [3, 4, 5, 6, 7]) {
      const given = await pull()
      expect(given.string()).toBe(String(n))
      if (given.reply) await connection.request(given.reply, '+ACK')
    }
    // As when a power cut takes the newest events, or a backup of them is put back: the consumer remembers more.
    await server.kill('SIGTERM')
    await rm(messages, { recursive: true })
    await rename(copy, messages)
    await server.start()
    await bring()
    await connection.request(`s${count}.a.5`, 'another 5')
    // Messages may come again, but none is passed over.
    let given = ''
    while (given !== 'another 5') given = await next()
  })

  it('updates a stream of an older release, and keeps what it holds', async () => {
    await manager.streams.add({
      name,
      subjects: [`s${count}.a.>`],
      max_age: nanos(5e9),
      discard: 'new',
      max_bytes: 1e6,
    })
    await connection.request(`s${count}.a.1`, '1')
    await bring()
    const { config, state } = await manager.streams.info(name)
    expect(config).toMatchObject({ max_age: stream.max_age, subjects: stream.subjects })
    expect(state.messages).toBe(1)
  })

  it('makes a stream anew whose storage is another, only where its contents may be lost', async () => {
    await manager.streams.add({ name: 'NEWS', subjects: ['news.>'], storage: 'file' })
    const wanted: WantedStream = { name: 'NEWS', subjects: ['news.>'], storage: 'memory' }
    await expect(ensure(connection, { streams: [wanted], consumers: [] })).rejects.toThrow(
      /the event store refuses the settings of the stream NEWS: .*storage/,
    )
    await ensure(connection, { streams: [{ ...wanted, expendable: true }], consumers: [] })
    expect((await manager.streams.info('NEWS')).config.storage).toBe('memory')
  })

  it('tells in words what the server does not take', async () => {
    const three = { streams: [{ ...stream, num_replicas: 7 }], consumers: [] }
    await expect(ensure(connection, three)).rejects.toThrow(StoreRefused)
    await expect(ensure(connection, three)).rejects.toThrow(/of the stream JOBS\d+: .*replicas/)
    await expect(bring({ maxDeliver: 1 })).rejects.toThrow(/of the consumer work of the stream JOBS\d+: /)
  })

  it('may be done by several processes at once', async () => {
    await began()
    await Promise.all(Array.from({ length: 6 }, () => bring()))
    expect(await next()).toBe('3')
  })
})

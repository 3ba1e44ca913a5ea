import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import {
  checkLayout,
  type Edition,
  ensureLayout,
  type Layout,
  LayoutRefused,
  untilAnswered,
} from './index.ts'
import { oldestServer } from './streams.ts'

const editionOf = (version: number, serves = 1): Edition => ({ version, serves, madeBy: 'make streams' })
const hours = (n: number) => nanos(n * 3_600_000)

describe.each(['2.15.2', oldestServer])('a layout on %s', (version) => {
  let server: NatsServer
  let connection: NatsConnection
  let manager: JetStreamManager

  beforeAll(async () => {
    server = await startNatsServer({ version })
    connection = await server.connect()
    manager = await jetstreamManager(connection)
  })
  afterAll(() => server.stop())

  let count = 0
  let layout: Layout
  beforeEach(() => {
    const n = ++count
    layout = {
      edition: editionOf(2),
      streams: [
        {
          name: `E${n}`,
          subjects: [`e${n}.>`],
          storage: 'file',
          atFirst: { max_age: hours(5), num_replicas: 1 },
        },
        { name: `M${n}`, subjects: [`m${n}.>`], storage: 'memory', max_age: hours(1), expendable: true },
      ],
      consumers: [{ stream: `E${n}`, name: 'work', filters: [`e${n}.a.>`], backoffMs: [1000, 2000] }],
    }
  })
  const of = (edition: Edition, over: Partial<Layout> = {}): Layout => ({ ...layout, ...over, edition })
  const check = (own: Layout) => checkLayout(connection, own)
  const settings = async (name: string) => (await manager.streams.info(name)).config
  const stored = async () => [
    await settings(`E${count}`),
    await settings(`M${count}`),
    (await manager.consumers.info(`E${count}`, 'work')).config,
  ]

  it('is made once, and served to those who need no more; looking at it changes nothing', async () => {
    await ensureLayout(connection, layout)
    const before = await stored()
    await check(layout)
    await ensureLayout(connection, layout)
    expect(await stored()).toEqual(before)
  })

  it('that nobody has made is refused, with the command that makes it', async () => {
    await expect(check(layout)).rejects.toThrow(LayoutRefused)
    await expect(check(layout)).rejects.toThrow(
      `the stream E${count} is not there. Run "make streams" of this release once`,
    )
    await ensureLayout(connection, { ...layout, consumers: [] })
    await expect(check(layout)).rejects.toThrow(`the consumer work of the stream E${count} is not there. Run`)
    expect(await manager.consumers.list(`E${count}`).next()).toEqual([])
  })

  it('of a step before is refused, and brought up to date by the step', async () => {
    await ensureLayout(connection, of(editionOf(1)))
    const before = await stored()
    await expect(check(layout)).rejects.toThrow(
      /is of layout 1, and this service needs 2\. Run "make streams"/,
    )
    expect(await stored()).toEqual(before)
    await ensureLayout(connection, layout)
    await check(layout)
  })

  it('of a release that told nothing is refused, and brought up to date by the step', async () => {
    await manager.streams.add({ name: `E${count}`, subjects: [`e${count}.a.>`] })
    await expect(check(layout)).rejects.toThrow(/made by a release that did not say for which layout/)
    await ensureLayout(connection, layout)
    await check(layout)
  })

  it('of a newer step goes on serving those of before, whatever else it wants', async () => {
    const [events, ...beside] = layout.streams
    if (!events) throw new Error('no stream')
    const streams = [
      { ...events, subjects: [`e${count}.>`, `f${count}.>`], duplicate_window: nanos(2000) },
      ...beside,
    ]
    await ensureLayout(connection, layout)
    await ensureLayout(connection, of(editionOf(3, 2), { streams }))
    const before = await stored()
    await check(layout)
    await expect(check(of(editionOf(1)))).rejects.toThrow(
      /is of layout 3, which serves services of layout 2 and later; this one is of layout 1\. Update this service/,
    )
    expect(await stored()).toEqual(before)
  })

  it('is not taken back by an older step, which says so before it changes anything', async () => {
    await ensureLayout(connection, layout)
    const before = await stored()
    const older = of(editionOf(1), {
      streams: layout.streams.map((each) => ({ ...each, max_age: hours(9) })),
    })
    await expect(ensureLayout(connection, older)).rejects.toThrow(
      /is of layout 2, made by a newer release; this one makes layout 1.*Nothing was changed/,
    )
    expect(await stored()).toEqual(before)
  })

  it.each<[string, (own: Layout) => Promise<unknown>, RegExp]>([
    [
      'a stream with fewer subjects',
      ({ streams: [first] }) =>
        manager.streams.update(first?.name ?? '', { subjects: [`e${count}.a.>`, `e${count}.b.>`] }),
      /the stream E\d+ is not as this service needs it: subjects\. Run "make streams"/,
    ],
    [
      'a consumer with other waits',
      ({ streams: [first] }) =>
        manager.consumers.update(first?.name ?? '', 'work', { backoff: [nanos(10)], max_deliver: 3 }),
      /the consumer work of the stream E\d+ is not as this service needs it: backoff, max_deliver\./,
    ],
  ])('%s is refused, and mended by the step', async (_, change, why) => {
    await ensureLayout(connection, layout)
    await change(layout)
    await expect(check(layout)).rejects.toThrow(why)
    await ensureLayout(connection, layout)
    await check(layout)
  })

  it('takes what the step is told; what it is not told stays', async () => {
    const [events, ...beside] = layout.streams
    if (!events) throw new Error('no stream')
    const told = { ...layout, streams: [{ ...events, max_age: hours(100) }, ...beside] }
    await ensureLayout(connection, layout)
    expect((await settings(events.name)).max_age).toBe(hours(5))
    await ensureLayout(connection, told)
    expect((await settings(events.name)).max_age).toBe(hours(100))
    await ensureLayout(connection, layout)
    expect((await settings(events.name)).max_age).toBe(hours(100))
    await check(layout)
  })

  it('may be made by several at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => ensureLayout(connection, layout)))
    await check(layout)
  })

  it('has its streams in memory again after the end of the server, as the newest step made them', async () => {
    const [events, memory] = layout.streams
    if (!events || !memory) throw new Error('no streams')
    const newer = of(editionOf(3, 2), { streams: [events, { ...memory, max_age: hours(2) }] })
    await ensureLayout(connection, newer)
    const before = await settings(memory.name)
    await server.kill('SIGTERM')
    await server.start()
    const names = await untilAnswered(() => manager.streams.names().next())
    expect(names).not.toContain(memory.name)
    await Promise.all([check(layout), check(layout), check(newer)])
    expect(await settings(memory.name)).toEqual(before)
  })
})

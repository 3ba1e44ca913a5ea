import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { errors, type NatsConnection } from '@nats-io/transport-node'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { answered, StoreUnavailable } from './errors.ts'
import { openReaders, type Readers } from './readers.ts'

let server: NatsServer
let connection: NatsConnection
let readers: Readers
beforeAll(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'EVENTS', subjects: ['event.>'], allow_direct: true, max_age: 86_400e9 })
  for (const name of ['a.1', 'b.1', 'a.2', 'b.2']) await jetstream(connection).publish(`event.${name}`)
  readers = openReaders(connection, 'EVENTS')
})
afterAll(() => server.stop())

const reader = { name: 'r', filters: ['event.b.>', 'event.c.>'], from: 1, metadata: { who: 'me' } }

it('makes a reader once, tells how far it is, and ends it', async () => {
  expect(await readers.create(reader)).toMatchObject({ ...reader, lag: { waiting: 2 } })
  expect(await readers.create({ ...reader, from: 2 })).toBeUndefined()
  const consumer = await jetstream(connection).consumers.get('EVENTS', 'r')
  const [first, second] = [await consumer.next(), await consumer.next()]
  await second?.ackAck()
  const behind = await readers.find('r')
  expect(behind?.lag).toMatchObject({ waiting: 0, out: 1 })
  if (!first || !behind) throw new Error('no message')
  expect(Date.parse((await readers.oldestOpen(behind)) ?? '')).toBe(first.time.getTime())
  await first.ackAck()
  const done = await readers.find('r')
  expect(done && (await readers.oldestOpen(done))).toBeUndefined()
  expect((await readers.list()).map(({ name }) => name)).toEqual(['r'])
  expect(await readers.kept()).toEqual({ firstSequence: 1, lastSequence: 4, seconds: 86_400 })
  expect(await readers.remove('r')).toBe(true)
  expect(await readers.remove('r')).toBe(false)
  expect(await readers.find('r')).toBeUndefined()
})

it('asks again what nobody got, and nothing else', async () => {
  let asked = 0
  const unheard = async () => {
    if (asked++ < 2) throw new Error('not enabled', { cause: new errors.NoRespondersError('x') })
    return 'heard'
  }
  expect(await answered(unheard)).toBe('heard')
  const lost = vi.fn(() => Promise.reject(new errors.TimeoutError()))
  await expect(answered(lost)).rejects.toThrow(StoreUnavailable)
  expect(lost).toHaveBeenCalledTimes(1)
})

import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { StoreUnavailable } from './errors.ts'
import { openTally, type Tally } from './tally.ts'

let server: NatsServer
let connection: NatsConnection
let tally: Tally
beforeAll(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'SUMS', subjects: ['sums.>'], max_msgs_per_subject: 1 })
  tally = openTally(connection, 'SUMS')
})
afterAll(() => server.stop())

it('adds numbers of any size, and takes away no more than there is', async () => {
  expect(await tally.get('sums.a')).toBe(0n)
  expect(await tally.add('sums.a', 2n ** 70n)).toBe(2n ** 70n)
  expect(await tally.add('sums.a', 5n - 2n ** 70n)).toBe(5n)
  expect(await tally.add('sums.a', -6n)).toBe(0n)
  expect(await tally.get('sums.b')).toBe(0n)
})

it('adds nothing that would be too much, whoever else adds at the same time', async () => {
  const others = Array.from({ length: 4 }, async () => openTally(await server.connect(), 'SUMS'))
  const adding = (await Promise.all(others)).flatMap((each) =>
    Array.from({ length: 5 }, () => each.add('sums.c', 10n, 105n)),
  )
  const sums = await Promise.all(adding)
  expect(sums.filter((sum) => sum === undefined)).toHaveLength(10)
  expect(await tally.get('sums.c')).toBe(100n)
  expect(await tally.add('sums.c', 5n, 105n)).toBe(105n)
})

it('says that it could not be added', async () => {
  const nowhere = openTally(connection, 'NONE')
  await expect(nowhere.add('none.a', 1n)).rejects.toThrow(StoreUnavailable)
})

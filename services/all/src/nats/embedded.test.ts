import { once } from 'node:events'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, errors, type NatsConnection } from '@nats-io/transport-node'
import { startNatsServer } from '@pdf-smaller/testing/nats/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  connectAs,
  consumerOver,
  type Events,
  letIn,
  newFolder,
  openEvents,
  remove,
} from '../../testing/events.ts'

const event = 'pdf.acme.compression.compress.01a22d4d-1932-7056-ae17-ff0339a46ca8.requested'

let folder: string
let events: Events
const others: NatsConnection[] = []

beforeEach(async () => {
  folder = await newFolder()
  events = await openEvents(folder, { port: 'kept' })
})
afterEach(async () => {
  await Promise.all(others.splice(0).map((connection) => connection.close()))
  await events.stop()
  await remove(folder)
})

const connectTo = async (...given: Parameters<typeof connectAs>) => {
  const connection = await connectAs(...given)
  others.push(connection)
  return connection
}

/** Resolves when a connection has told of this. */
async function told(connection: NatsConnection, type: string): Promise<void> {
  for await (const status of connection.status()) if (status.type === type) return
}

it('is where it was after a restart, also in another folder, and lets in whom it did', async () => {
  const billing = await letIn(events, 'acme', 'billing')
  const gone = await letIn(events, 'acme', 'gone')
  await events.integrators.end('acme', 'gone')
  await events.store(event)
  const { url, password } = events.nats
  await events.stop()
  const moved = path.join(await newFolder(), 'moved')
  await rename(folder, moved)
  folder = moved
  events = await openEvents(folder, { port: 'kept' })
  expect(events.nats).toMatchObject({ url, password })
  const connection = await connectTo(events, billing)
  expect((await (await consumerOver(connection, billing)).next())?.subject).toBe(event)
  await expect(connectAs(events, gone)).rejects.toThrow(errors.AuthorizationError)
})

it('brings the accounts up to date with the consumers, which are what counts', async () => {
  const billing = await letIn(events, 'acme', 'billing')
  const gone = await letIn(events, 'acme', 'gone')
  // Killed between two steps: the consumer has gone, the account has not; another account was never written down.
  await events.manager.consumers.delete('JOBS', 'acme~gone')
  await writeFile(
    path.join(folder, 'nats-integrators.conf'),
    (await readFile(path.join(folder, 'nats-integrators.conf'), 'utf8')).replaceAll('acme~billing', 'x'),
  )
  await events.stop()
  events = await openEvents(folder, { port: 'kept' })
  await connectTo(events, billing)
  await expect(connectAs(events, gone)).rejects.toThrow(errors.AuthorizationError)
})

it('is started again when it is killed, and lets in whom it did', async () => {
  const billing = await letIn(events, 'acme', 'billing')
  const connection = await connectTo(events, billing)
  const [back, servicesBack] = [told(connection, 'reconnect'), told(events.services, 'reconnect')]
  process.kill(Number(await readFile(path.join(folder, 'nats.pid'), 'utf8')), 'SIGKILL')
  await Promise.all([back, servicesBack])
  await connectTo(events, await letIn(events, 'acme', 'archive'))
  const sequence = await events.store(event)
  expect((await (await consumerOver(connection, billing)).next())?.seq).toBe(sequence)
})

it('cuts off at once whom it lets in no longer, and nobody else', async () => {
  const [billing, archive] = [await letIn(events, 'acme', 'billing'), await letIn(events, 'acme', 'archive')]
  const [connection, other] = [await connectTo(events, billing), await connectTo(events, archive)]
  let disconnects = 0
  for (const each of [other, events.services]) void told(each, 'disconnect').then(() => disconnects++)
  const pulling = (async () => {
    const messages = await (await consumerOver(connection, billing)).consume({ expires: 1000 })
    for await (const message of messages) message.ack()
  })().catch(() => {})
  // Asked before the accounts change, answered after.
  const next = (await consumerOver(other, archive)).next()
  await expect.poll(async () => (await events.integrators.all()).map(({ lag }) => lag.pulls)).toEqual([1, 1])
  const cutOff = told(connection, 'disconnect')
  expect(await events.integrators.end('acme', 'billing')).toBe(true)
  await cutOff
  await connection.closed()
  await pulling
  await expect(connectAs(events, billing)).rejects.toThrow(errors.AuthorizationError)
  const sequence = await events.store(event)
  expect((await next)?.seq).toBe(sequence)
  expect(disconnects).toBe(0)
  // The name is free, and what opened the old one opens nothing.
  const anew = await letIn(events, 'acme', 'billing')
  await connectTo(events, anew)
  await expect(connectAs(events, billing)).rejects.toThrow(errors.AuthorizationError)
})

it('takes over what was stored before services had an account', async () => {
  await events.stop()
  const before = await startNatsServer()
  const manager = await jetstreamManager(await before.connect())
  await manager.streams.add({ name: 'OLD', subjects: ['old.>'] })
  await manager.jetstream().publish('old.one', 'kept')
  await before.kill('SIGTERM')
  const own = await newFolder()
  await rename(path.join(before.data), path.join(own, 'nats'))
  await before.stop()
  await remove(folder)
  folder = own
  events = await openEvents(folder, { port: 'kept' })
  const kept = await events.manager.streams.getMessage('OLD', { last_by_subj: 'old.one' })
  expect(kept?.string()).toBe('kept')
})

it('does not start where another program listens, and says which setting helps', async () => {
  const port = Number(new URL(events.nats.url).port)
  await events.stop()
  const stranger = createServer().listen(port, '127.0.0.1')
  await once(stranger, 'listening')
  await expect(openEvents(folder, { port: 'kept' })).rejects.toThrow(
    new RegExp(`^Port ${port} of 127.0.0.1, .* taken by another program.*PDF_SMALLER_NATS_PORT`),
  )
  stranger.close()
  await once(stranger, 'close')
  events = await openEvents(folder, { port: 'kept' })
})

it('lets nobody in without a secret, and shows its own to nobody', async () => {
  const { url, password } = events.nats
  await expect(connect({ servers: url })).rejects.toThrow(errors.AuthorizationError)
  const secret = path.join(folder, 'nats.secret')
  expect(await readFile(secret, 'utf8')).toBe(password)
  const { password: theirs } = await letIn(events, 'acme', 'billing')
  for (const name of ['nats.conf', 'nats-integrators.conf', 'nats.secret', 'nats.port'])
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600)
  for (const name of ['nats.conf', 'nats-integrators.conf']) {
    const text = await readFile(path.join(folder, name), 'utf8')
    expect(text).not.toContain(password)
    expect(text).not.toContain(theirs)
  }
})

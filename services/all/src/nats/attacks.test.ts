import { rm } from 'node:fs/promises'
import { errors, headers, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oldestNatsServer, testedNatsServer } from '../../../../scripts/provision/nats-server.ts'
import {
  connectAs,
  consumerOver,
  type Events,
  type Let,
  letIn,
  newFolder,
  openEvents,
} from '../../testing/events.ts'

const api = '$JS.API'
const job = (tenant: string) => `pdf.${tenant}.compression.compress.01a22d4d-1932-7056-ae17-ff0339a46ca8`

describe.each([oldestNatsServer, testedNatsServer])('at nats-server %s an integrator', (version) => {
  let folder: string
  let events: Events
  let own: Let
  let connection: NatsConnection

  beforeAll(async () => {
    folder = await newFolder()
    events = await openEvents(folder, { version })
    for (const tenant of ['acme', 'acme_north']) await events.store(`${job(tenant)}.requested`)
    own = await letIn(events, 'acme', 'billing')
    await letIn(events, 'acme', 'archive')
    // Their names begin alike, and would be the same where tenant and name were joined by a sign that both may hold.
    await letIn(events, 'acme_north', 'billing')
    await letIn(events, 'acme', 'north_billing')
    connection = await connectAs(events, own)
  })
  afterAll(async () => {
    await connection?.close()
    await events?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Everything that an attack could change. */
  const everything = async () => {
    const streams = await events.manager.streams.list().next()
    const consumers = await events.manager.consumers.list('JOBS').next()
    return {
      streams: streams.map(({ config, state }) => [config.name, state.first_seq, state.last_seq]),
      consumers: consumers
        .filter(({ name }) => name !== own.integrator.consumer)
        .map(({ name, delivered, ack_floor, num_waiting }) => [name, delivered, ack_floor, num_waiting]),
    }
  }
  /** Behind whatever it has asked for before. */
  const askAgain = async () => {
    await consumerOver(connection, own)
    await events.services.flush()
  }

  it.each([
    ['pull from another tenant', `${api}.CONSUMER.MSG.NEXT.JOBS.acme_north~billing`, '1'],
    ['pull from another of its own tenant', `${api}.CONSUMER.MSG.NEXT.JOBS.acme~archive`, '1'],
    ['pull from the services', `${api}.CONSUMER.MSG.NEXT.JOBS.compression`, '1'],
    ['look at another', `${api}.CONSUMER.INFO.JOBS.acme_north~billing`, ''],
    ['look at all', `${api}.CONSUMER.LIST.JOBS`, ''],
    ['reset another', `${api}.CONSUMER.RESET.JOBS.acme~archive`, '{"seq":1}'],
    ['acknowledge for another', '$JS.ACK.JOBS.acme_north~billing.1.2.1.1.1', '+ACK'],
    ['make a consumer', `${api}.CONSUMER.CREATE.JOBS.mine.pdf.acme.>`, '{}'],
    ['make a durable', `${api}.CONSUMER.DURABLE.CREATE.JOBS.mine`, '{}'],
    ['delete its consumer', `${api}.CONSUMER.DELETE.JOBS.acme~billing`, ''],
    ['delete that of the services', `${api}.CONSUMER.DELETE.JOBS.compression`, ''],
    ['pause it', `${api}.CONSUMER.PAUSE.JOBS.compression`, '{"pause_until":"2100-01-01T00:00:00Z"}'],
    ['read directly', `${api}.DIRECT.GET.JOBS`, '{"seq":1}'],
    ['read directly by subject', `${api}.DIRECT.GET.JOBS.${job('acme_north')}.requested`, ''],
    ['read a message', `${api}.STREAM.MSG.GET.JOBS`, '{"seq":1}'],
    ['delete a message', `${api}.STREAM.MSG.DELETE.JOBS`, '{"seq":1}'],
    ['look at the stream', `${api}.STREAM.INFO.JOBS`, ''],
    ['purge', `${api}.STREAM.PURGE.JOBS`, ''],
    ['delete the stream', `${api}.STREAM.DELETE.JOBS`, ''],
    ['make a stream', `${api}.STREAM.CREATE.MINE`, '{"name":"MINE","subjects":["mine"]}'],
    ['copy the stream', `${api}.STREAM.SNAPSHOT.JOBS`, '{"deliver_subject":"_INBOX_acme~billing.x"}'],
    ['ask about JetStream', `${api}.INFO`, ''],
    ['store an event', `${job('acme')}.outcome`, '{}'],
    ['store an event of another', `${job('acme_north')}.outcome`, '{}'],
    ['let a switch go off', 'tick.upload.acme_north.x', '{}'],
    ['schedule', 'due.acme.compression.compress.x', '{}'],
    ['tell progress', 'progress.acme.compression.compress.x', '{}'],
    ['play a worker', 'presence.compression.x', '{}'],
    ['answer for a worker', 'alive.compression.x', ''],
    ['write into the inbox of another', '_INBOX_acme~archive.x', ''],
    ['ask the server', '$SYS.REQ.SERVER.PING', ''],
    ['say something live', `live.${job('acme')}.outcome`, '{}'],
  ])('may not %s', async (_, subject, body) => {
    const before = await everything()
    await expect(connection.request(subject, body, { timeout: 60_000 })).rejects.toSatisfy(isRefused)
    expect(await everything()).toEqual(before)
  })

  it.each([
    '>',
    '*.>',
    'pdf.>',
    `${job('acme')}.>`,
    'live.>',
    'live.pdf.>',
    'live.pdf.*.>',
    'live.pdf.acme_north.>',
    'live.pdf.acme*.>',
    'tick.>',
    '_INBOX.>',
    '_INBOX_acme~archive.>',
    '_INBOX_acme_north~billing.>',
    '_R_.>',
    '$JS.>',
    '$JS.API.>',
    '$JS.ACK.>',
    '$JS.EVENT.>',
    '$SYS.>',
    'progress.acme.>',
    'presence.>',
  ])('may not listen to %s', async (subject) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const callback = (error: unknown) => (error ? resolve(error) : reject(new Error('it hears something')))
    connection.subscribe(subject, { callback })
    await expect(promise).resolves.toSatisfy(isRefused)
  })

  const targets = [
    `${job('acme_north')}.outcome`,
    'tick.upload.acme_north.x',
    'results.acme_north.x',
    `${api}.STREAM.DELETE.JOBS`,
    `${api}.STREAM.PURGE.RESULTS`,
    `${api}.STREAM.DELETE.SPENDING`,
    `${api}.CONSUMER.DELETE.JOBS.compression`,
    `${api}.CONSUMER.DELETE.JOBS.acme_north~billing`,
    `${api}.CONSUMER.RESET.JOBS.acme_north~billing`,
    `${api}.CONSUMER.MSG.NEXT.JOBS.acme_north~billing`,
    '_INBOX_acme~archive.x',
    '$JS.ACK.JOBS.acme_north~billing.1.2.1.1.1',
  ]
  it.each(targets)('has no answer sent to %s', async (reply) => {
    await events.store(`${job('acme')}.requested`)
    const next = `${api}.CONSUMER.MSG.NEXT.JOBS.acme~billing`
    const { reply: ack = '' } = await connection.request(next, '1', { noMux: true, timeout: 60_000 })
    expect(ack).toContain('$JS.ACK.JOBS.acme~billing.')
    const before = await everything()
    const asked: [string, string][] = [
      [`${api}.CONSUMER.INFO.JOBS.acme~billing`, ''],
      [`${api}.CONSUMER.MSG.NEXT.JOBS.acme~billing`, '{"batch":1,"no_wait":true}'],
      [`${api}.CONSUMER.MSG.NEXT.JOBS.acme~billing`, '{'],
      [`${api}.CONSUMER.RESET.JOBS.acme~billing`, ''],
      ...['+WPI', '+NXT', '-NAK', '+ACK'].map((body): [string, string] => [ack, body]),
    ]
    // The server tells on demand where a message went, too.
    const traced = headers()
    traced.set('Nats-Trace-Dest', reply)
    for (const [subject, body] of asked)
      for (const more of [{}, { headers: traced }]) connection.publish(subject, body, { reply, ...more })
    await connection.flush()
    await askAgain()
    expect(await everything()).toEqual(before)
  })

  it('pulls, acknowledges, goes back and listens to its tenant, as nobody else does', async () => {
    const { consumer: name } = own.integrator
    await connection.request(`${api}.CONSUMER.RESET.JOBS.${name}`, '{"seq":1}', { timeout: 60_000 })
    const consumer = await consumerOver(connection, own)
    const first = await consumer.next()
    expect(first?.subject).toBe(`${job('acme')}.requested`)
    expect(await first?.ackAck()).toBe(true)
    expect((await consumer.info()).ack_floor.stream_seq).toBe(first?.seq)
    await connection.request(`${api}.CONSUMER.RESET.JOBS.${name}`, `{"seq":${first?.seq}}`, {
      timeout: 60_000,
    })
    expect((await consumer.next())?.seq).toBe(first?.seq)

    const live = connection.subscribe('live.pdf.acme.>', { max: 1 })
    await connection.flush()
    await events.store(`${job('acme_north')}.started`)
    await events.store(`${job('acme')}.started`)
    for await (const { subject } of live) expect(subject).toBe(`live.${job('acme')}.started`)
  })

  it('is not there without its password', async () => {
    await expect(connectAs(events, { ...own, password: 'x' })).rejects.toThrow(errors.AuthorizationError)
  })
})

const isRefused = (error: unknown) =>
  error instanceof errors.PermissionViolationError ||
  (error instanceof Error && error.cause instanceof errors.PermissionViolationError)

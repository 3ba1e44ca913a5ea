import { createHash } from 'node:crypto'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { EventConsumer, OpenedEventConsumer } from '@pdf-smaller/contracts/http'
import { accountOf, exportsOfServices } from '@pdf-smaller/platform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  complete,
  form,
  aPdf,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  until,
} from '../../testing/harness.ts'
import type { ApiKey } from '../access/key-ring.ts'

const key = (id: string, tenant: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id,
  tenant,
  sha256: createHash('sha256').update(id).digest('hex'),
  scopes: ['submit', 'read', 'admin'],
  ...more,
})
const as = (id: string) => ({ authorization: `Bearer ${id}` })
const most = 3

/** A nats-server as an operator has one, with the services in an account of its own. */
const natsConfig = (integrators = '') => `
accounts {
  OURS: { jetstream: enabled, users: [ { user: services, password: secret } ]
    ${exportsOfServices()}
  }
  ${integrators}
}
no_auth_user: services
`

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness({
    keys: [key('ann', 'acme'), key('bob', 'acme-north'), key('all', 'ops', { allTenants: true })],
    env: { PDF_SMALLER_TENANT_MAX_EVENT_CONSUMERS: String(most) },
    nats: natsConfig(),
  })
})
afterAll(() => gateway.close())

const route = () => `${gateway.url}/api/event-consumers`
const create = (who: string, body: object, headers: Record<string, string> = {}) =>
  post(route(), body, { ...as(who), ...headers })
const end = (who: string, name: string, query = '') =>
  fetch(`${route()}/${name}${query}`, { method: 'DELETE', headers: as(who) })
const Listed = z.object({ consumers: z.array(EventConsumer) })
const list = async (who: string, query = '') =>
  Listed.parse(await (await fetch(route() + query, { headers: as(who) })).json()).consumers

async function opened(answer: Response, status = 201): Promise<OpenedEventConsumer> {
  if (answer.status !== status) throw new Error(`${answer.status}: ${await answer.text()}`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  return OpenedEventConsumer.parse(await answer.json())
}

it('gives credentials, and what a server of ones own needs for them', async () => {
  const job = await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}, as('ann')))
  const { consumer, credentials, permissions, serverConfig } = await opened(
    await create('ann', { name: 'billing', from: 0 }),
  )
  expect(consumer).toMatchObject({
    tenant: 'acme',
    name: 'billing',
    stream: 'JOBS',
    consumer: 'acme~billing',
    subjects: ['pdf.acme.>'],
    createdBy: 'ann',
    lag: { waiting: 1, out: 0 },
  })
  expect(permissions).toEqual({
    publish: [
      '$JS.API.CONSUMER.MSG.NEXT.JOBS.acme~billing',
      '$JS.API.CONSUMER.INFO.JOBS.acme~billing',
      '$JS.API.CONSUMER.RESET.JOBS.acme~billing',
      '$JS.ACK.JOBS.acme~billing.>',
    ],
    subscribe: ['_INBOX_acme~billing.>', 'live.pdf.acme.>'],
  })
  expect(credentials).toMatchObject({ servers: [gateway.server.url], user: 'acme~billing' })
  expect(serverConfig?.exports).toBe(exportsOfServices())
  expect(serverConfig?.account).toContain('account: "OURS"')
  expect(serverConfig?.account).not.toContain(credentials.password)

  // As the operator does it, here with a restart.
  await gateway.server.kill('SIGTERM')
  await gateway.server.configure(natsConfig(serverConfig?.account))
  await gateway.server.start()
  const { servers, user, password = '', inboxPrefix } = credentials
  const connection = await connect({ servers, user, pass: password, inboxPrefix })
  expect(await nextOf(connection, consumer)).toContain(job.id)
  await connection.close()
  // The gateway may not have found its server again.
  await until(async () => (await fetch(route(), { headers: as('ann') })).ok)
  const ended = await end('ann', 'billing')
  expect(await ended.json()).toEqual({ tenant: 'acme', name: 'billing', accountToRemove: 'acme~billing' })
  expect(await problemIn(await end('ann', 'billing'))).toMatchObject({ code: 'unknown_event_consumer' })
})

/** The subject of the next event. */
async function nextOf(connection: NatsConnection, { stream, consumer }: EventConsumer): Promise<string> {
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`
  const asked = await connection.request(subject, '1', { noMux: true, timeout: 60_000 })
  asked.respond('+ACK')
  return asked.subject
}

describe('an integrator', () => {
  it('is the matter of its tenant, and of those who may look after all', async () => {
    await opened(await create('bob', { name: 'billing' }))
    await opened(await create('all', { name: 'archive', tenant: 'acme-north' }))
    expect(await list('ann')).toEqual([])
    expect((await list('bob')).map(({ name }) => name)).toEqual(['archive', 'billing'])
    expect((await list('all', '?tenant=*')).length).toBe(2)
    for (const refused of [
      create('ann', { name: 'x', tenant: 'acme-north' }),
      end('ann', 'billing', '?tenant=acme-north'),
    ])
      expect(await problemIn(await refused)).toMatchObject({ code: 'forbidden' })
    expect(await problemIn(await end('ann', 'billing'))).toMatchObject({ code: 'unknown_event_consumer' })
    for (const name of ['billing', 'archive']) await end('all', name, '?tenant=acme-north')
    expect(await list('bob')).toEqual([])
  })

  it.each(['', 'a b', 'a.b', '*', '>', 'a~b', 'ä', 'a/b', '../a', 'a\u0000', 'a'.repeat(65), 7, null])(
    'has no name such as %j',
    async (name) => {
      expect(await problemIn(await create('ann', { name }))).toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer: '/name' }],
      })
    },
  )

  it('does not take the name of a consumer that somebody else has made, or of those of the services', async () => {
    const connection = await gateway.server.connect()
    await connection.request(
      '$JS.API.CONSUMER.DURABLE.CREATE.JOBS.acme~theirs',
      '{"stream_name":"JOBS","config":{"durable_name":"acme~theirs","ack_policy":"explicit"}}',
    )
    expect(await problemIn(await create('ann', { name: 'theirs' }))).toMatchObject({
      code: 'event_consumer_exists',
    })
    expect(await problemIn(await end('ann', 'theirs'))).toMatchObject({ code: 'unknown_event_consumer' })
    const { consumer } = await opened(await create('ann', { name: 'compression' }))
    expect(consumer.consumer).toBe('acme~compression')
    await end('ann', 'compression')
    const left = await connection.request('$JS.API.CONSUMER.INFO.JOBS.compression')
    expect(left.json()).toMatchObject({ name: 'compression' })
  })

  it('gets only the events of the tasks and types that it asks for', async () => {
    const [noop, echo] = [
      await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}, as('bob'))),
      await jobIn(await post(`${gateway.url}/api/tasks/echo/jobs`, form([aPdf()]), as('bob'))),
    ]
    for (const job of [noop, echo]) await complete(gateway, job)
    const outcomes = ['completed', 'failed', 'cancelled'].map((kind) => `pdfsmaller.job.${kind}.v1`)
    const { consumer } = await opened(
      await create('bob', { name: 'outcomes', filters: { task: 'echo', type: outcomes }, from: 0 }),
    )
    expect(consumer.subjects).toEqual(['pdf.acme-north.*.echo.*.outcome'])
    expect(consumer.filters).toEqual({ task: ['echo'], type: outcomes })
    expect(consumer.lag.waiting).toBe(1)
    const both = await create('bob', { name: 'both', filters: { task: ['echo', 'noop'] }, from: 0 })
    expect((await opened(both)).consumer.lag.waiting).toBe(6)
    const none = await create('bob', { name: 'none', filters: { task: 'gather' }, from: 0 })
    expect((await opened(none)).consumer.lag.waiting).toBe(0)
    for (const name of ['outcomes', 'both', 'none']) await end('bob', name)
  })

  it.each([
    [{ type: 'pdfsmaller.job.completed.v1' }, 'invalid_request', 'pdfsmaller.job.failed.v1'],
    [{ type: 'pdfsmaller.job.done.v1' }, 'invalid_request', ''],
    [{ task: 'compres' }, 'unknown_task', 'compres'],
    [{ task: [] }, 'invalid_request', ''],
    [{ task: '>' }, 'invalid_request', ''],
    [{ tag: 'x' }, 'invalid_request', 'unknown'],
  ])('cannot filter by %j', async (filters, code, says) => {
    const problem = await problemIn(await create('ann', { name: 'x', filters }))
    expect(problem).toMatchObject({ code })
    expect(problem.detail).toContain(says)
  })
})

describe('an integrator begins', () => {
  it.each([0, 1, '2020-01-01', '2020-01-01T00:00:00+02:00'])(
    'with the oldest event that is kept, from %j on',
    async (from) => {
      const { consumer } = await opened(await create('ann', { name: 'begins', from }))
      await end('ann', 'begins')
      const [first] = await Array.fromAsync(gateway.store.scan(['pdf.>'], { pageMessages: 1 }))
      expect(consumer.startsAt).toBeLessThanOrEqual(first?.sequence ?? 0)
      expect(consumer.startsAt).toBeGreaterThan(0)
    },
  )

  it('behind all of them, at one of them, or at the first behind a time', async () => {
    const sequence = async (body: object) => {
      const { consumer } = await opened(await create('ann', { name: 'begins', ...body }))
      await end('ann', 'begins')
      return consumer.startsAt
    }
    const last = await gateway.store.lastSequence()
    expect(await sequence({})).toBe(last + 1)
    expect(await sequence({ from: last + 1 })).toBe(last + 1)
    expect(await sequence({ from: last })).toBe(last)
    const job = await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}, as('ann')))
    expect(await sequence({ from: job.requestedAt })).toBeLessThanOrEqual(job.revision)
    expect(await sequence({ from: new Date().toISOString() })).toBe((await gateway.store.lastSequence()) + 1)
  })

  it.each([
    [1_000_000, 'position_lost'],
    ['2999-01-01', 'invalid_request'],
    ['yesterday', 'invalid_request'],
    [-1, 'invalid_request'],
    [1.5, 'invalid_request'],
  ])('not at %j', async (from, code) => {
    expect(await problemIn(await create('ann', { name: 'x', from }))).toMatchObject({ code })
  })
})

describe('of requests for integrators', () => {
  it('those under one idempotency key make one, and its password is told once', async () => {
    const same = { name: 'once', filters: { task: 'noop' } }
    const headers = { 'idempotency-key': 'k1' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('ann', same, headers)))
    const [made, ...more] = answers.filter(({ status }) => status === 201)
    expect(more).toEqual([])
    if (!made) throw new Error('none was made')
    const { credentials, ...rest } = await opened(made)
    const { password, ...shown } = credentials
    expect(password).toMatch(/^[0-9a-f]{64}$/)
    for (const repeated of answers.filter(({ status }) => status === 200)) {
      expect(repeated.headers.get('idempotent-replayed')).toBe('true')
      expect(await opened(repeated, 200)).toEqual({ ...rest, credentials: shown })
    }
    const other = await create('ann', { ...same, name: 'other' }, headers)
    expect(await problemIn(other)).toMatchObject({ code: 'idempotency_conflict' })
    expect(await problemIn(await create('ann', same))).toMatchObject({ code: 'event_consumer_exists' })
    await end('ann', 'once')
  })

  it('a tenant gets as many as it may have, at whichever gateway', async () => {
    const second = await gateway.replica()
    const answers = await Promise.all(
      Array.from({ length: 2 * most }, (_, n) =>
        post(`${n % 2 ? gateway.url : second.url}/api/event-consumers`, { name: `n${n}` }, as('ann')),
      ),
    )
    const made = answers.filter(({ status }) => status === 201)
    expect(made.length).toBe(most)
    expect((await list('ann')).length).toBe(most)
    for (const refused of answers.filter(({ status }) => status !== 201))
      expect(await problemIn(refused)).toMatchObject({ code: 'too_many_event_consumers', status: 403 })
    // Others have their own.
    await opened(await create('bob', { name: 'one' }))
    for (const { name } of await list('ann')) await end('ann', name)
    await end('bob', 'one')
  })
})

it('tells the global account, which exports nothing, by another name', async () => {
  const block = accountOf({ tenant: 't', consumer: 't~n', passwordHash: 'h' }, 'PDF_SMALLER')
  const plain = await openHarness()
  try {
    const answer = await post(`${plain.url}/api/event-consumers`, { name: 'n' })
    expect((await opened(answer)).serverConfig?.account).toContain('account: "PDF_SMALLER"')
    expect(block).toContain('account: "PDF_SMALLER"')
  } finally {
    await plain.close()
  }
})

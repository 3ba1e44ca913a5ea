import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { JobAddress, JobRequestedData } from '@pdf-smaller/contracts'
import {
  command,
  ensureStreams,
  type JobStore,
  openJobStore,
  openLog,
  openMetrics,
} from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { openProjection } from './open.ts'
import type { JobNews, JobProjection } from './port.ts'

const author = { source: 'pdf-smaller/test' }
const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')

let server: NatsServer
let connection: NatsConnection
let store: JobStore
let folder: string
let projection: JobProjection
const open = (name: string) =>
  openProjection({ connection, store, file: path.join(folder, name), log, metrics: openMetrics() })

beforeAll(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  await ensureStreams(connection, { RETRY_PACE: 1 })
  store = await openJobStore(connection, { log })
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-projection-'))
  projection = await open('one.sqlite')
})
afterAll(async () => {
  await projection.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function request(
  tenant = 'acme',
  more: Partial<JobRequestedData> = {},
): Promise<JobAddress & { sequence: number }> {
  const address = { tenant, domain: 'test', task: 'noop', jobId: uuidv7() }
  const data = {
    tenant,
    domain: 'test',
    task: 'noop',
    inputs: [],
    options: {},
    requester: 'key-1',
    limits: { retries: 3, softSeconds: 10, hardSeconds: 20 },
    ...more,
  }
  const result = await command(store, address, { type: 'Request', data }, author)
  if (result.kind !== 'appended') throw new Error('not requested')
  await projection.reached(result.job.revision, 60_000)
  return { ...address, sequence: result.job.revision }
}

async function cancel(address: JobAddress): Promise<number> {
  const result = await command(store, address, { type: 'Cancel', by: 'key-1', reason: 'test' }, author)
  if (result.kind !== 'appended') throw new Error('not cancelled')
  await projection.reached(result.job.revision, 60_000)
  return result.job.revision
}

describe('the projection', () => {
  it('shows a job as soon as its event is reached, and its later events', async () => {
    const address = await request()
    expect(projection.get(address.jobId)).toMatchObject({ status: 'queued', tenant: 'acme', attempt: 0 })
    const revision = await cancel(address)
    expect(projection.get(address.jobId)).toMatchObject({ status: 'cancelled', revision })
    expect(projection.sequences(address.jobId)).toEqual([address.sequence, revision])
  })

  it('lists newest first, by tenant, filter and cursor', async () => {
    const tenant = 'lister'
    const jobs = []
    for (let n = 0; n < 5; n++) jobs.push(await request(tenant, n === 2 ? { tag: 'blue' } : {}))
    await cancel(jobs[0] ?? { tenant, domain: '', task: '', jobId: '' })
    const ids = jobs.map(({ jobId }) => jobId).reverse()
    const first = projection.list(tenant, {}, 2)
    expect(first.jobs.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const second = projection.list(tenant, {}, 2, first.nextCursor)
    const third = projection.list(tenant, {}, 2, second.nextCursor)
    expect([...second.jobs, ...third.jobs].map(({ id }) => id)).toEqual(ids.slice(2))
    expect(third.nextCursor).toBeUndefined()
    expect(projection.list(tenant, { status: 'cancelled' }, 10).jobs.map(({ id }) => id)).toEqual([ids[4]])
    expect(projection.list(tenant, { tag: 'blue' }, 10).jobs.map(({ id }) => id)).toEqual([ids[2]])
    expect(projection.list('nobody', {}, 10).jobs).toEqual([])
  })

  it('tells watchers of events and progress, until they leave', async () => {
    const address = await request()
    const news: JobNews[] = []
    const leave = projection.watch(address.jobId, (item) => news.push(item))
    await cancel(address)
    leave()
    expect(news).toMatchObject([{ event: { type: 'pdfsmaller.job.cancelled.v1' } }])
  })

  it('sets a stored message that is no event aside and goes on', async () => {
    connection.publish(`pdf.acme.test.noop.${uuidv7()}.requested`, '{"type": "nonsense"}')
    const address = await request()
    expect(projection.get(address.jobId)?.status).toBe('queued')
  })

  it('is the same after its file was deleted', async () => {
    const rebuilt = await open('two.sqlite')
    await rebuilt.reached(projection.position(), 60_000)
    expect(rebuilt.list('lister', {}, 100)).toEqual(projection.list('lister', {}, 100))
    await rebuilt.close()
  })

  it('goes on where it stood, and folds no event twice', async () => {
    const address = await request('counted')
    await (await reopened('three.sqlite', projection.position())).close()
    await request('counted')
    const revision = await cancel(address)
    const again = await reopened('three.sqlite', revision)
    expect(again.sequences(address.jobId)).toEqual([address.sequence, revision])
    expect(again.usage('counted')).toEqual({ waiting: 1, running: 0, bytes: 0 })
    await again.close()
  })

  it('is rebuilt when its file is damaged', async () => {
    await writeFile(
      path.join(folder, 'four.sqlite'),
      'this is no database, but long enough to look at'.repeat(200),
    )
    const rebuilt = await reopened('four.sqlite', projection.position())
    expect(rebuilt.list('lister', {}, 100).jobs).toHaveLength(5)
    await rebuilt.close()
  })
})

async function reopened(name: string, sequence: number): Promise<JobProjection> {
  const opened = await open(name)
  await opened.reached(sequence, 60_000)
  return opened
}

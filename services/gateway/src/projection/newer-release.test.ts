import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cloudEvent, decodeEvent, type JobAddress, jobStream, type Upcasters } from '@pdf-smaller/contracts'
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
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { z } from 'zod'
import { findJob } from '../jobs/find.ts'
import { openProjection } from './open.ts'

const author = { source: 'pdf-smaller/test' }
const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')
const warn = vi.spyOn(log, 'warn')
const patienceMs = 60_000

/** What a release knows that has seen other versions than this one. */
const steps: Upcasters = {
  'pdfsmaller.job.requested.v2': {
    to: 'pdfsmaller.job.requested.v1',
    was: z.looseObject({}),
    data: (data) => Object(data).job,
  },
  'pdfsmaller.job.requested.v0': {
    to: 'pdfsmaller.job.requested.v1',
    was: z.looseObject({}),
    data: (data) => ({ ...Object(data), limits }),
  },
  'pdfsmaller.job.cancelled.v2': { to: 'pdfsmaller.job.cancelled.v1', was: z.looseObject({}), data: Object },
}
const limits = { retries: 3, softSeconds: 10, hardSeconds: 20 }

let server: NatsServer
let connection: NatsConnection
let [store, newer]: JobStore[] = []
let folder: string
beforeAll(async () => {
  server = await startNatsServer()
  connection = await server.connect()
  await ensureStreams(connection, { RETRY_PACE: 1 })
  store = await openJobStore(connection, { log })
  newer = await openJobStore(connection, { log, decode: (json) => decodeEvent(json, steps) })
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-projection-'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function open(of: JobStore | undefined, name: string) {
  if (!of) throw new Error('no store')
  const file = path.join(folder, name)
  const projection = await openProjection({ connection, store: of, file, log, metrics: openMetrics() })
  await projection.reached(await of.lastSequence(), patienceMs)
  return projection
}
const newAddress = () => ({ tenant: 'acme', domain: 'test', task: 'noop', jobId: uuidv7() })
const dataOf = ({ tenant, domain, task }: JobAddress) => ({
  tenant,
  domain,
  task,
  inputs: [],
  options: {},
  requester: 'key-1',
})

/** Stores an event as a process of another release would. */
async function publish(address: JobAddress, phase: string, type: string, data: object): Promise<void> {
  const around = { id: uuidv7(), source: 'other', jobId: address.jobId, time: new Date() }
  await connection.request(
    `${jobStream(address)}.${phase}`,
    JSON.stringify(cloudEvent({ type, data }, around)),
  )
}

describe('the projection of a release', () => {
  it('passes over what a newer one stored, and that one reads it from the same file', async () => {
    const [known, ...unknown] = [newAddress(), newAddress(), newAddress()]
    if (!store || !newer) throw new Error('no store')
    const request = { type: 'Request', data: { ...dataOf(known), limits } } as const
    await command(store, known, request, author)
    const cancelled = { by: 'key-1', reason: 'test' }
    await publish(known, 'outcome', 'pdfsmaller.job.cancelled.v2', cancelled)
    for (const address of unknown)
      await publish(address, 'requested', 'pdfsmaller.job.requested.v2', {
        job: { ...dataOf(address), limits },
      })

    const old = await open(store, 'one.sqlite')
    const statuses = (of: typeof old) => [known, ...unknown].map(({ jobId }) => of.get(jobId)?.status)
    expect(statuses(old)).toEqual([undefined, undefined, undefined])
    expect(old.list('acme', {}, 10)).toEqual({ jobs: [] })
    expect(warn.mock.calls.map(([around]) => Object(around).unknown)).toEqual([
      'pdfsmaller.job.cancelled.v2',
      'pdfsmaller.job.requested.v2',
    ])
    // Nothing is decided on a part of what is known of a job, and one that is there is not said to be unknown.
    const expired = { type: 'Cancel', by: 'key-1', reason: '' } as const
    await expect(command(store, known, expired, author)).rejects.toMatchObject({ code: 'newer_release' })
    const parts = { projection: old, store }
    for (const { jobId } of [known, ...unknown]) {
      await expect(findJob(parts, 'acme', jobId)).rejects.toMatchObject({ code: 'newer_release' })
      await expect(findJob(parts, 'other', jobId)).rejects.toMatchObject({ code: 'unknown_job' })
    }
    await old.close()

    const again = await open(store, 'one.sqlite')
    expect(statuses(again)).toEqual([undefined, undefined, undefined])
    const later = { projection: again, store }
    await expect(findJob(later, 'acme', known.jobId)).rejects.toMatchObject({ code: 'newer_release' })
    await again.close()
    const next = await open(newer, 'one.sqlite')
    expect(statuses(next)).toEqual(['cancelled', 'queued', 'queued'])
    await next.close()
  })

  it('raises what an older one stored', async () => {
    const address = newAddress()
    await publish(address, 'requested', 'pdfsmaller.job.requested.v0', dataOf(address))
    const projection = await open(newer, 'two.sqlite')
    expect(projection.get(address.jobId)).toMatchObject({ status: 'queued', limits })
    await projection.close()
  })
})

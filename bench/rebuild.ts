import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cloudEvent, jobStream, phaseOf, type JobFact } from '@pdf-smaller/contracts'
import { openProjection } from '@pdf-smaller/gateway/projection'
import { ensureStreams, type JobStore, openJobStore, openLog, openMetrics } from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import { startNatsServer } from '@pdf-smaller/testing/nats/server'
import type { Figure } from './table.ts'

const sha256 = 'a'.repeat(64)

/** How fast a projection whose file was deleted is built again from the stream, beside following it without any work. */
export async function measureRebuild(quick: boolean): Promise<Figure[]> {
  const jobs = quick ? 10_000 : 60_000
  const server = await startNatsServer()
  const connection = await server.connect()
  await ensureStreams(connection, { RETRY_PACE: 1 })
  const store = await openJobStore(connection, {
    log: openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'bench'),
  })
  await fill(connection, store, jobs)
  const events = jobs * 3
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-'))
  const rates: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 3; round++) {
    bare.push(await follow(store, events))
    rates.push(await rebuild(connection, store, events, path.join(folder, `${round}.sqlite`)))
  }
  await server.stop()
  await rm(folder, { recursive: true, force: true })
  const median = (values: number[]) => values.sort((a, b) => a - b)[1] ?? NaN
  return [
    {
      name: 'rebuild of the projection',
      value: median(rates),
      unit: 'events/s',
      goal: { at: 'least', value: 100_000 },
      baseline: { name: 'reading and checking only', value: median(bare) },
    },
  ]
}

async function rebuild(
  connection: NatsConnection,
  store: JobStore,
  events: number,
  file: string,
): Promise<number> {
  const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'bench')
  const startedAt = performance.now()
  const projection = await openProjection({ connection, store, file, log, metrics: openMetrics() })
  await projection.reached(events, 120_000)
  await projection.close()
  return (events / (performance.now() - startedAt)) * 1000
}

async function follow(store: JobStore, events: number): Promise<number> {
  const startedAt = performance.now()
  const projection = store.project(
    { sequence: 0 },
    { onBegin: () => {}, filters: ['pdf.>'], onEvent: () => {}, onPoison: () => {} },
  )
  await projection.reached(events, 120_000)
  projection.stop()
  return (events / (performance.now() - startedAt)) * 1000
}

async function fill(connection: NatsConnection, store: JobStore, jobs: number): Promise<void> {
  for (let n = 0; n < jobs; n++) {
    const jobId = `01936f3c-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
    const address = { tenant: 'default', domain: 'compression', task: 'compress', jobId }
    for (const [index, fact] of factsOf(jobId).entries()) {
      const event = cloudEvent(fact, {
        id: `${n}-${index}`,
        source: 'pdf-smaller/bench',
        jobId,
        time: new Date(),
      })
      connection.publish(`${jobStream(address)}.${phaseOf[fact.type]}`, JSON.stringify(event))
    }
    if (n % 500 === 0) await connection.flush()
  }
  await connection.flush()
  while ((await store.lastSequence()) < jobs * 3) await connection.flush()
}

function factsOf(jobId: string): JobFact[] {
  const file = { name: 'a.pdf', sha256, contentType: 'application/pdf' }
  const limits = { retries: 3, softSeconds: 1500, hardSeconds: 1800 }
  const inputs = [{ ...file, key: `default/${jobId}/in/x.0/a.pdf`, size: 1_000_000 }]
  const outputs = [{ ...file, key: `default/${jobId}/out/1/a.pdf`, size: 500_000 }]
  const measures = {
    queuedMs: 1,
    runMs: 500,
    taskMs: 490,
    engineMs: 400,
    enginePeakBytes: 60_000_000,
    bytesIn: 1_000_000,
    bytesOut: 500_000,
  }
  const request = {
    tenant: 'default',
    domain: 'compression',
    task: 'compress',
    options: { level: 'medium' },
    requester: 'bench',
  }
  return [
    { type: 'pdfsmaller.job.requested.v1', data: { ...request, inputs, limits } },
    { type: 'pdfsmaller.job.started.v1', data: { attempt: 1, retries: 0, worker: 'bench', lost: 0 } },
    {
      type: 'pdfsmaller.job.completed.v1',
      data: { attempt: 1, outputs, result: { gain: 'smaller', ratio: 0.5 }, measures },
    },
  ]
}

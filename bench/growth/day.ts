import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type JobAddress, jobAnywhere, jobStream, type JobView } from '@pdf-smaller/contracts'
import { openProjection } from '@pdf-smaller/gateway/projection'
import { ensureStreams, type JobStore, openJobStore, openLog, openMetrics } from '@pdf-smaller/platform'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import type { Figure } from '../table.ts'
import { addressOf, behind, commandsOf, stepsOf } from './lives.ts'

/** Lives that go on at once. */
const atOnce = 512
const toldEvery = 50_000
const loads = 300
const run = promisify(execFile)
const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'bench')

/**
 * A day of jobs in a real nats-server, each event stored by itself and at the revision that it was decided on, as services do
 * it: its memory and disk, its start behind that, and how long projections take to read all of it.
 */
export async function measureDay(jobs: number): Promise<Figure[]> {
  const server = await startNatsServer()
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-growth-'))
  try {
    const connection = await server.connect()
    await ensureStreams(connection, { RETRY_PACE: 1 })
    const store = await openJobStore(connection, { log })
    const emptyMb = await memoryOf(server)
    const beganAt = performance.now()
    await live(store, jobs, server)
    const seconds = (performance.now() - beganAt) / 1000
    const events = await store.lastSequence()
    const diskGb = await sizeOf(server.data)
    const figures: Figure[] = [
      { name: 'jobs', value: jobs, unit: '' },
      { name: 'events', value: events, unit: '' },
      { name: 'events stored', value: events / seconds, unit: 'events/s' },
      { name: 'memory of the empty server', value: emptyMb, unit: 'MB' },
      { name: 'memory of the server', value: await memoryOf(server), unit: 'MB' },
      { name: 'disk of the server', value: diskGb, unit: 'GB' },
      { name: 'disk of one job', value: (diskGb * 1e9) / jobs, unit: 'bytes' },
      ...(await measureLoads(store, jobs)),
      ...(await measureProjection({ server, store, folder, events })),
      ...(await measureRestart(server, store)),
      { name: 'disk of a week (extrapolated)', value: diskGb * 7, unit: 'GB' },
      { name: 'disk of the usual 400 days (extrapolated)', value: diskGb * 400, unit: 'GB' },
    ]
    store.close()
    return figures
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Lets the jobs come to their ends. */
async function live(store: JobStore, jobs: number, server: NatsServer): Promise<void> {
  let next = 0
  const liveOn = async () => {
    while (next < jobs) {
      const n = next++
      await liveOne(store, n, addressOf(n))
      if (n % toldEvery === 0)
        console.error(`${new Date().toISOString()} ${n} jobs, ${Math.round(await memoryOf(server))} MB`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, liveOn))
}

async function liveOne(store: JobStore, n: number, address: JobAddress): Promise<void> {
  let job: JobView | undefined
  for (const command of commandsOf(n, address))
    for (const step of stepsOf(command, address, job)) {
      const [sequence] = await store.append([step.entry], { patienceMs: 60_000 })
      job = behind(job, step, sequence)
    }
}

/** What a decision costs: the newest events of a job, by its address, and by its id alone. */
async function measureLoads(store: JobStore, jobs: number): Promise<Figure[]> {
  const any = () => addressOf(Math.floor(Math.random() * jobs))
  const byAddress = () => store.load(jobStream(any()))
  const byId = () => {
    const { tenant, jobId } = any()
    return store.load(jobStream(jobAnywhere(tenant, jobId)))
  }
  const unknown = () => store.load(jobStream(jobAnywhere('default', '01936f3c-0000-7000-8000-ffffffffffff')))
  return [
    ...(await latencies('load of a job', byAddress)),
    ...(await latencies('load of a job by its id', byId)),
    ...(await latencies('load of a job that is not there', unknown)),
  ]
}

async function latencies(name: string, ask: () => Promise<unknown>): Promise<Figure[]> {
  const took: number[] = []
  for (let n = 0; n < loads; n++) {
    const startedAt = performance.now()
    await ask()
    took.push(performance.now() - startedAt)
  }
  took.sort((a, b) => a - b)
  return [0.5, 0.99].map((share) => ({
    name: `${name}, p${share * 100}`,
    value: took[Math.floor(loads * share)] ?? NaN,
    unit: 'ms',
  }))
}

async function measureProjection(parts: {
  server: NatsServer
  store: JobStore
  folder: string
  events: number
}): Promise<Figure[]> {
  const { server, store, folder, events } = parts
  const file = path.join(folder, 'projection.sqlite')
  const connection = await server.connect()
  const metrics = openMetrics()
  const beganAt = performance.now()
  const projection = await openProjection({ connection, store, file, log, metrics })
  await projection.reached(events, 3_600_000)
  const seconds = (performance.now() - beganAt) / 1000
  const figures: Figure[] = [
    { name: 'rebuild of the projection', value: seconds, unit: 's' },
    { name: 'events read by it', value: events / seconds, unit: 'events/s' },
    { name: 'memory of the server behind that', value: await memoryOf(server), unit: 'MB' },
    { name: 'memory of the process that rebuilds', value: process.memoryUsage().rss / 1e6, unit: 'MB' },
  ]
  await projection.close()
  const { size } = await stat(file)
  const againAt = performance.now()
  const again = await openProjection({ connection, store, file, log, metrics })
  await again.reached(events, 60_000)
  const restarted = performance.now() - againAt
  await again.close()
  return [
    ...figures,
    { name: 'size of the projection of a day', value: size / 1e9, unit: 'GB' },
    { name: 'start of a gateway whose projection is there', value: restarted, unit: 'ms' },
  ]
}

/** Ends the server in order, and as a crash would, and starts it again. */
async function measureRestart(server: NatsServer, store: JobStore): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await server.kill(signal)
    const startedAt = performance.now()
    await server.start()
    const seconds = (performance.now() - startedAt) / 1000
    figures.push({ name: `start of the server after ${signal}`, value: seconds, unit: 's' })
    while (!(await store.lastSequence().catch(() => 0)))
      await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return [...figures, { name: 'its memory then', value: await memoryOf(server), unit: 'MB' }]
}

/** Resident memory of the server's process, MB. */
async function memoryOf(server: NatsServer): Promise<number> {
  const status = await readFile(`/proc/${server.pid()}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

/** What a folder takes on its disk, GB. */
async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await run('du', ['-s', '--block-size=1', folder])
  return Number.parseInt(stdout) / 1e9
}

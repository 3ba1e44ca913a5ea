import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type JobAddress, type JobRequestedData, type JobView } from '@pdf-smaller/contracts'
import type { ObjectStore } from '@pdf-smaller/object-store'
import {
  command,
  ensureStreams,
  type JobStore,
  loadConfig,
  loadJob,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
} from '@pdf-smaller/platform'
import type { NatsConnection } from '@nats-io/transport-node'
import { uuidv7 } from 'uuidv7'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import {
  openCores,
  openHostEngines,
  openTaskHosts,
  startWorker,
  type TaskHosts,
  type Worker,
  type WorkerConfig,
  workerSettings,
} from '../src/index.ts'
import { inWorker, tasks } from './tasks.ts'

/** A real server, a directory store and what a test needs to hand in jobs and look at them. */
export type Harness = {
  server: NatsServer
  connection: NatsConnection
  store: JobStore
  objects: ObjectStore
  config: WorkerConfig
  /** @param release the store as another release reads it */
  work: (over?: Partial<WorkerConfig>, concurrency?: number, release?: JobStore) => Promise<Worker>
  request: (
    task: string,
    options?: object,
    content?: string,
    more?: Partial<JobRequestedData> & { traceparent?: string },
  ) => Promise<JobAddress>
  job: (address: JobAddress) => Promise<JobView>
  /** Resolves with the job when it fulfils the condition. */
  when: (address: JobAddress, condition: (job: JobView) => boolean, ms?: number) => Promise<JobView>
  workspaces: () => Promise<string[]>
  close: () => Promise<void>
}

export const author = { source: 'pdf-smaller/test' }

export async function openHarness(settings: Record<string, string> = {}): Promise<Harness> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-worker-'))
  const server = await startNatsServer()
  const config = loadConfig(workerSettings, {
    PDF_SMALLER_DATA_DIR: folder,
    PDF_SMALLER_NATS_URL: server.url,
    PDF_SMALLER_RETRY_PACE: '0.01',
    PDF_SMALLER_LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    PDF_SMALLER_STORAGE_DURABLE: 'false',
    // The tasks of tests write down what they do in places of the test's.
    PDF_SMALLER_SANDBOX: 'off',
    ...settings,
  })
  const connection = await server.connect()
  await ensureStreams(connection, config, ['testing'])
  const store = await openJobStore(connection, { log: openLog(config, 'test') })
  const objects = await openObjects(config)
  const workers: Worker[] = []
  const pools: TaskHosts[] = []
  let closed = false
  const job = async (address: JobAddress) => {
    const found = await loadJob(store, address)
    if (!found) throw new Error(`no job ${address.jobId}`)
    return found
  }
  return {
    server,
    connection,
    store,
    objects,
    config,
    job,
    work: async (over = {}, concurrency = 4, release = store) => {
      const log = openLog(config, 'test')
      const cores = openCores(2)
      const settled = { ...config, ...over }
      const taskHosts = openTaskHosts(settled, log)
      pools.push(taskHosts)
      const worker = await startWorker({
        domain: 'testing',
        tasks,
        tasksModule: new URL('tasks.ts', import.meta.url),
        inWorker,
        priority: 'medium',
        cores,
        hostEngines: openHostEngines(config, cores),
        taskHosts,
        concurrency,
        config: settled,
        log,
        metrics: openMetrics(),
        connection,
        store: release,
        objects,
      })
      workers.push(worker)
      return worker
    },
    request: (task, options = {}, content, more = {}) =>
      request({ store, objects }, task, options, content, more),
    when: async (address, condition, ms = 60_000) => {
      const deadline = Date.now() + ms
      for (;;) {
        // The server may be away: tests kill it.
        const found = await job(address).catch(() => undefined)
        if (found && condition(found)) return found
        if (Date.now() > deadline) throw new Error(`after ${ms} ms the job is still ${JSON.stringify(found)}`)
        await wait(10)
      }
    },
    workspaces: () => leftIn(config.WORK_DIR ?? path.join(folder, 'work')),
    close: async () => {
      if (closed) return
      closed = true
      await Promise.all(workers.map((worker) => worker.stop()))
      await Promise.all(pools.map((pool) => pool.stop()))
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What attempts have left; the folder of a host that waits is empty. */
async function leftIn(work: string): Promise<string[]> {
  const names = await readdir(work).catch(() => [])
  const hosts = names.filter((name) => name.startsWith('host-'))
  const inside = await Promise.all(hosts.map((name) => readdir(path.join(work, name)).catch(() => [])))
  return [...names.filter((name) => !hosts.includes(name)), ...inside.flat()]
}

/** Hands a job in as a gateway would: the input first, then the event. */
export async function request(
  { store, objects }: { store: JobStore; objects: ObjectStore },
  task: string,
  options: object,
  content: string | undefined,
  { traceparent, ...more }: Partial<JobRequestedData> & { traceparent?: string },
): Promise<JobAddress> {
  const { tenant = 'default' } = more
  const address = { tenant, domain: 'testing', task, jobId: uuidv7() }
  const file = { name: 'a.txt', contentType: 'text/plain' }
  const inputs =
    content === undefined
      ? []
      : [await objects.put(`${tenant}/${address.jobId}/in/x.0/a.txt`, [Buffer.from(content)], file)]
  const data: JobRequestedData = {
    tenant,
    domain: address.domain,
    task,
    inputs,
    options: { failUntil: 0, code: 'engine_failed', workMs: 0, crash: false, stubborn: false, ...options },
    requester: 'test',
    limits: { retries: 3, softSeconds: 60, hardSeconds: 70 },
    ...more,
  }
  const asked = { type: 'Request' as const, data }
  const result = await command(store, address, asked, { ...author, traceparent }, { patienceMs: 30_000 })
  if (result.kind !== 'appended') throw new Error(`not requested: ${result.because}`)
  return address
}

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describeFailure, type JobAddress, type JobView } from '@pdf-smaller/contracts'
import type { JobCommand } from '@pdf-smaller/domain'
import {
  command,
  connectNats,
  ensureStreams,
  loadConfig,
  loadJob,
  openJobStore,
  openLog,
  openObjects,
} from '@pdf-smaller/platform'
import type { WorkerTask } from '@pdf-smaller/task'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { measures } from '@pdf-smaller/contracts/testing/measures'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { maintenance } from '../src/maintenance.ts'
import { janitorSettings } from '../src/settings.ts'
import type { Backbone } from '../tasks/backbone.ts'

/** A real server, an object store, a clock to be set, and what a test needs to make jobs and look at them. */
export type Harness = Backbone & {
  server: NatsServer
  folder: string
  /** Days that the clock is ahead. */
  later: (days: number) => void
  request: (more?: Partial<RequestOptions>) => Promise<JobAddress>
  act: (address: JobAddress, given: JobCommand) => Promise<JobView>
  complete: (address: JobAddress, files?: string[]) => Promise<JobView>
  fail: (address: JobAddress) => Promise<JobView>
  job: (address: JobAddress) => Promise<JobView>
  put: (key: string, content: string) => Promise<void>
  keys: () => Promise<string[]>
  run: <O extends z.ZodType, R extends z.ZodType>(
    task: WorkerTask<O, R>,
    options?: object,
  ) => Promise<z.output<R>>
  temporary: () => Promise<string[]>
  close: () => Promise<void>
}

type RequestOptions = { tenant: string; files: string[]; startAt: string; limits: JobView['limits'] }

const author = { source: 'pdf-smaller/test' }
const file = { contentType: 'application/pdf' }

export async function openHarness(settings: Record<string, string> = {}): Promise<Harness> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-janitor-'))
  const server = await startNatsServer()
  const config = loadConfig(janitorSettings, {
    PDF_SMALLER_DATA_DIR: folder,
    PDF_SMALLER_NATS_URL: server.url,
    PDF_SMALLER_LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    PDF_SMALLER_STORAGE_DURABLE: 'false',
    ...settings,
  })
  const log = openLog(config, 'test')
  const connection = await connectNats(config, log, 'test')
  await ensureStreams(connection, config)
  const store = await openJobStore(connection, { log })
  const objects = await openObjects(config)
  let aheadMs = 0
  const clock = () => new Date(Date.now() + aheadMs)
  const backbone: Backbone = { config, connection, store, objects, clock }

  const put = async (key: string, content: string) =>
    objects.put(key, [Buffer.from(content)], { ...file, name: 'a.pdf' })
  const putAll = (prefix: string, contents: string[]) =>
    Promise.all(contents.map((content, n) => put(`${prefix}${n}-a.pdf`, content)))
  const act = async (address: JobAddress, given: JobCommand) => {
    const done = await command(store, address, given, author)
    if (done.kind === 'nothing') throw new Error(`nothing was done: ${done.because}`)
    return done.job
  }
  const job = async (address: JobAddress) => {
    const found = await loadJob(store, address)
    if (!found) throw new Error(`no job ${address.jobId}`)
    return found
  }
  const start = async (address: JobAddress) => {
    const { queuedBy = 0 } = await job(address)
    return act(address, { type: 'Start', sequence: queuedBy, worker: 'test' })
  }
  return {
    ...backbone,
    server,
    folder,
    later: (days) => (aheadMs = days * 86_400_000),
    request: async ({ tenant = 'default', files = ['in'], startAt, limits } = {}) => {
      const address = { tenant, domain: 'testing', task: 'echo', jobId: uuidv7() }
      const { jobId, ...place } = address
      const inputs = await putAll(`${tenant}/${jobId}/in/x.0/`, files)
      const data = {
        ...place,
        inputs,
        options: {},
        requester: 'test',
        limits: limits ?? { retries: 3, softSeconds: 60, hardSeconds: 70 },
        ...(startAt ? { startAt } : {}),
      }
      await act(address, { type: 'Request', data })
      return address
    },
    act,
    job,
    complete: async (address, files = ['out']) => {
      const { attempt } = await start(address)
      const outputs = await putAll(`default/${address.jobId}/out/${attempt}/`, files)
      return act(address, { type: 'Complete', attempt, outputs, result: {}, measures })
    },
    fail: async (address) => {
      const { attempt } = await start(address)
      const failure = describeFailure('damaged_pdf')
      return act(address, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
    },
    put: async (key, content) => void (await put(key, content)),
    keys: async () => {
      const found: string[] = []
      for await (const { key } of objects.list('')) found.push(key)
      return found.sort()
    },
    run: async (task, options = {}) => {
      const code = new Map(maintenance(backbone)).get(task.name)
      if (!code) throw new Error(`no maintenance is called ${task.name}`)
      const { run } = await code()
      const signal = AbortSignal.timeout(60_000)
      const { result } = await run(taskContext(folder, task.options.parse(options), { signal }))
      return task.result.parse(result)
    },
    temporary: () => readdir(path.join(folder, 'objects', 'tmp')),
    close: async () => {
      await objects.close()
      await connection.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { cloudEvent, type JobProgressed, type JobView, progressSubject } from '@pdf-smaller/contracts'
import { JobAnswer, Problem } from '@pdf-smaller/contracts/http'
import type { JobCommand } from '@pdf-smaller/domain'
import { openWebhookStores } from '@pdf-smaller/endpoints'
import type { ObjectStore } from '@pdf-smaller/object-store'
import {
  command,
  connectNats,
  ensureStreams,
  type JobStore,
  loadConfig,
  openIntegrators,
  openJobStore,
  openLog,
  openMetrics,
  openObjects,
} from '@pdf-smaller/platform'
import { uuidv7 } from 'uuidv7'
import { measures } from '@pdf-smaller/contracts/testing/measures'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import type { ApiKey } from '../src/access/key-ring.ts'
import type { GatewayOptions } from '../src/context.ts'
import { createGateway, type Gateway, openKeyRing, takePort } from '../src/index.ts'
import { openProjection } from '../src/projection/open.ts'
import type { JobProjection } from '../src/projection/port.ts'
import { gatewaySettings } from '../src/settings.ts'
import { testTasks } from './tasks.ts'

export type Replica = {
  url: string
  /** What the gateway was made with. */
  options: GatewayOptions
  gateway: Gateway
  store: JobStore
  objects: ObjectStore
  projection: JobProjection
  close: () => Promise<void>
}

/** A gateway as it runs in production, with a server of its own and files in a temporary folder. */
export type Harness = Replica & {
  folder: string
  server: NatsServer
  /** Another gateway on the same stores, with a projection of its own, which knows all that is stored by now. */
  replica: (over?: Partial<GatewayOptions>) => Promise<Replica>
  /** The keys of all objects. */
  keys: () => Promise<string[]>
  /** Names of the files that the object store is writing. */
  temporary: () => Promise<string[]>
  /** Subjects of the scheduled messages in the event store. */
  schedules: () => Promise<string[]>
}

export type Settings = {
  env?: Record<string, string>
  keys?: ApiKey[]
  jetstream?: string
  /** Further lines of the configuration of nats-server. */
  nats?: string
  over?: Partial<GatewayOptions>
}

export async function openHarness({
  env = {},
  keys,
  jetstream = '',
  nats = '',
  over,
}: Settings = {}): Promise<Harness> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-gateway-'))
  const server = await startNatsServer({ jetstream, more: nats })
  const remove = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const configure = async () =>
    loadConfig(gatewaySettings, {
      PDF_SMALLER_PORT: '0',
      PDF_SMALLER_DATA_DIR: folder,
      PDF_SMALLER_NATS_URL: server.url,
      PDF_SMALLER_LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      PDF_SMALLER_STORAGE_DURABLE: 'false',
      PDF_SMALLER_CHECK_ANSWERS: 'true',
      ...env,
    })
  const config = await configure().catch(async (error: unknown) => {
    await remove()
    throw error
  })
  const log = openLog(config, 'test')
  const keysFile = path.join(folder, 'keys.json')
  if (keys) await writeFile(keysFile, JSON.stringify(keys))
  let count = 0
  const replica = async (over: Partial<GatewayOptions> = {}): Promise<Replica> => {
    const connection = await connectNats(config, log, 'test')
    const store = over.store ?? (await openJobStore(connection, { log }))
    const objects = over.objects ?? (await openObjects(config))
    const webhooks = over.webhooks ?? (await openWebhookStores(connection))
    const metrics = openMetrics()
    const file = path.join(folder, `projection-${count++}.sqlite`)
    const projection = await openProjection({ connection, store, file, log, metrics })
    const options: GatewayOptions = {
      config,
      door: await takePort(config),
      log,
      metrics,
      integrators: openIntegrators(connection, { servers: [server.url] }),
      catalogue: testTasks,
      keys: keys ? await openKeyRing(keysFile, log) : undefined,
      ...over,
      store,
      projection,
      objects,
      webhooks,
    }
    const gateway = await createGateway(options).catch(async (error: unknown) => {
      options.door.server.close()
      await projection.close()
      await connection.close()
      throw error
    })
    gateway.open()
    const close = async () => {
      await gateway.close()
      await projection.close()
      await connection.close()
    }
    return { url: options.door.url, options, gateway, store, objects, projection, close }
  }
  const connection = await server.connect()
  await ensureStreams(connection, { RETRY_PACE: 1 })
  const first = await replica(over).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  const replicas: Replica[] = [first]
  return {
    ...first,
    folder,
    server,
    replica: async (over) => {
      const made = await replica(over)
      replicas.push(made)
      await until(made.projection.caughtUp)
      return made
    },
    keys: async () => {
      const found: string[] = []
      for await (const { key } of first.objects.list('')) found.push(key)
      return found
    },
    temporary: () => readdir(path.join(folder, 'objects', 'tmp')),
    schedules: async () => {
      const reply = await connection.request(
        '$JS.API.STREAM.INFO.JOBS',
        JSON.stringify({ subjects_filter: 'due.>' }),
      )
      const { state } = JSON.parse(reply.string()) as { state: { subjects?: Record<string, number> } }
      return Object.keys(state.subjects ?? {})
    },
    close: async () => {
      // One after the other, the newest first: a replica may use the stores of the first.
      for (const { close } of replicas.reverse()) await close()
      await remove()
    },
  }
}

/** Plays the worker: carries out a command on a job and waits until the gateway knows. */
export async function act({ store, projection }: Replica, job: JobView, given: JobCommand): Promise<JobView> {
  const { tenant, domain, task, id } = job
  const done = await command(store, { tenant, domain, task, jobId: id }, given, {
    source: 'pdf-smaller/test',
  })
  if (done.kind === 'nothing') throw new Error(`nothing was done: ${done.because}`)
  await projection.reached(done.job.revision, 60_000)
  return done.job
}

export async function start(replica: Replica, job: JobView): Promise<JobView> {
  return act(replica, job, { type: 'Start', sequence: job.queuedBy ?? 0, worker: 'test' })
}

/** Completes a job with files of these names and contents. */
export async function complete(
  replica: Replica,
  job: JobView,
  files: Record<string, string> = {},
): Promise<JobView> {
  const { attempt } = await start(replica, job)
  const outputs = await Promise.all(
    Object.entries(files).map(async ([name, content], index) => {
      const key = `${job.tenant}/${job.id}/out/${attempt}/${index}-file.pdf`
      return replica.objects.put(key, [Buffer.from(content)], { name, contentType: 'application/pdf' })
    }),
  )
  return act(replica, job, { type: 'Complete', attempt, outputs, result: { pages: 1 }, measures })
}

/** Tells progress, with pages where they are given, so many times as a worker does, and waits until it was sent. */
export async function progress(
  { server }: Harness,
  job: JobView,
  percentage: number,
  { times = 1, ...pages }: { times?: number; pages?: number } = {},
): Promise<void> {
  const connection = await server.connect()
  const step = { stage: 'working', current: 1, total: 2, message: 'x'.repeat(300) }
  const data = { attempt: 1, percentage, ...step, ...pages }
  const event: JobProgressed = cloudEvent(
    { type: 'pdfsmaller.job.progressed.v1' as const, data },
    { id: uuidv7(), source: 'pdf-smaller/test', jobId: job.id, time: new Date() },
  )
  const subject = progressSubject({ ...job, jobId: job.id })
  for (let n = 0; n < times; n++) connection.publish(subject, JSON.stringify(event))
  await connection.flush()
}

export const aPdf = (size = 2000) => `%PDF-1.7\n${'x'.repeat(Math.max(0, size - 9))}`

/** A form with files, each a content or a name and a content, and fields. */
export function form(files: (string | [string, string])[], fields: Record<string, string> = {}): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  for (const file of files) {
    const [name, content] = Array.isArray(file) ? file : ['a.pdf', file]
    data.append('file', new Blob([content], { type: 'application/pdf' }), name)
  }
  return data
}

export function post(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  if (body === undefined) return fetch(url, { method: 'POST', headers })
  if (body instanceof FormData) return fetch(url, { method: 'POST', body, headers })
  return fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** The job in an answer, checked against its schema. */
export async function jobIn(answer: Response, status = 202): Promise<JobAnswer> {
  const body: unknown = await answer.json()
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${JSON.stringify(body)}`)
  return JobAnswer.parse(body)
}

/** The problem in an answer, checked against its schema. */
export async function problemIn(answer: Response): Promise<Problem> {
  if (answer.headers.get('content-type') !== 'application/problem+json; charset=utf-8')
    throw new Error(`answered ${answer.status} ${await answer.text()}`)
  const problem = Problem.parse(await answer.json())
  if (problem.status !== answer.status) throw new Error(`the problem says ${problem.status}`)
  return problem
}

/** Resolves when the condition holds; what it looks at is changed by events. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const deadline = Date.now() + ms
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not so within ${ms} ms: ${condition.toString()}`)
    await wait(5)
  }
}

/** Fails unless there is no object, no temporary file, no schedule and no job. */
export async function assertNothingLeft(gateway: Harness): Promise<void> {
  await until(async () => (await gateway.schedules()).length === 0)
  await until(async () => (await gateway.temporary()).length === 0)
  await until(async () => (await gateway.keys()).length === 0)
  const { jobs } = gateway.projection.list('default', {}, 1)
  if (jobs.length > 0) throw new Error(`there is a job: ${JSON.stringify(jobs)}`)
}

import { randomUUID } from 'node:crypto'
import { describeFailure, type FailureCode } from '@pdf-smaller/contracts'
import { endingsOf, type Route } from '@pdf-smaller/contracts/http'
import { StoreFull, StoreUnavailable } from '@pdf-smaller/eventstore'
import { type ObjectStore, ObjectStoreError, type ObjectStoreErrorKind } from '@pdf-smaller/object-store'
import type { Integrators, JobStore } from '@pdf-smaller/platform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { extracted } from '../../testing/extracted.ts'
import {
  act,
  aPdf,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  type Replica,
  start,
} from '../../testing/harness.ts'
import { testTasks } from '../../testing/tasks.ts'
import { catalogue } from '../catalogue.ts'

/** A method of a store that ends in an error. */
type Fault = { method: string; error: Error }

const ofStore = ['append', 'decide', 'load', 'readAt', 'lastSequence', 'purge', 'room', 'survey']
const ofIntegrators = ['create', 'all', 'end', 'kept']
const asking = [...ofStore, ...ofIntegrators]
const eventFaults: Fault[] = asking.map((method) => ({
  method,
  error: new StoreUnavailable('the event store does not answer'),
}))
const fullFaults: Fault[] = ['append', 'decide', 'create'].map((method) => ({
  method,
  error: new StoreFull('the event store is full'),
}))

/** What the methods of an object store that the gateway uses end in. */
const kinds: Record<string, ObjectStoreErrorKind[]> = {
  put: ['full', 'unavailable', 'too_large', 'stalled', 'aborted'],
  get: ['missing', 'corrupt', 'unavailable'],
  getFile: ['missing', 'corrupt', 'unavailable'],
  stat: ['missing', 'unavailable'],
  copy: ['missing', 'corrupt', 'full', 'unavailable'],
  list: ['unavailable'],
  removePrefix: ['unavailable'],
  presignUpload: ['unavailable'],
  confirmUpload: ['missing', 'corrupt', 'full', 'unavailable', 'too_large'],
}
const objectFaults: Fault[] = Object.entries(kinds).flatMap(([method, each]) =>
  each.map((kind) => ({ method, error: new ObjectStoreError(kind, 'k', 'it is so') })),
)

let fault: Fault | undefined
/** The methods that a request has come to. */
const touched = new Set<string>()
/** A store whose methods work, but for the one that is at fault. */
function faulty<T extends object>(store: T): T {
  return new Proxy(store, {
    get: (target, name) => {
      const { method, error } = fault ?? {}
      touched.add(String(name))
      if (name !== method) return Reflect.get(target, name)
      if (name !== 'list') return () => Promise.reject(error)
      // oxlint-disable-next-line require-yield
      return async function* () {
        throw error
      }
    },
  })
}

let gateway: Harness
let asked: Replica
beforeAll(async () => {
  const tasks = [...testTasks, ...catalogue.filter(({ name }) => name === 'extract-invoice')]
  gateway = await openHarness({ over: { catalogue: tasks } })
  const store: JobStore = faulty(gateway.store)
  const objects: ObjectStore = faulty(gateway.objects)
  const integrators: Integrators = faulty(gateway.options.integrators)
  const { endpoints, deliveries, close } = gateway.options.webhooks
  const webhooks = { endpoints: faulty(endpoints), deliveries: faulty(deliveries), close }
  asked = await gateway.replica({ catalogue: tasks, store, objects, integrators, webhooks })
})
afterAll(() => gateway.close())

/** Prepares what a request needs, then tells how to send it. */
type Prepare = () => Promise<() => Promise<Response>>

const send = (method: string, path: string) => () => fetch(asked.url + path, { method })
/** Of a stream that does not end by itself, the head. */
const left = (path: string) => async () => {
  const leaving = new AbortController()
  const answer = await fetch(asked.url + path, { signal: leaving.signal })
  if (!answer.ok) return answer
  leaving.abort()
  return new Response(null, { status: 204 })
}
const sendJson = (path: string, body?: unknown) => () => post(asked.url + path, body)
const sendForm =
  (path: string, files = [aPdf()]) =>
  () =>
    post(asked.url + path, form(files))

async function accepted(): Promise<string> {
  const job = await jobIn(await post(`${gateway.url}/api/tasks/noop/jobs`, {}))
  return seen(job.id)
}
async function finished(): Promise<string> {
  const job = await jobIn(await post(`${gateway.url}/api/tasks/echo/jobs`, form([aPdf()])))
  await complete(gateway, job, { 'out.pdf': 'contents' })
  return seen(job.id)
}
let shownJob: Promise<string> | undefined
/** One for all that look at its pages: what is drawn of it is no PDF, so nothing is kept of that. */
const shown = () => (shownJob ??= finished())
/** The file of a job is fetched once, for whoever asks first: where that is what fails, a new job is asked about. */
const ofPages = (path: string): Prepare[] => {
  const pagesOf = (id: string) => send('GET', `/api/jobs/${id}/pages/output-1${path}`)()
  const isFetched = () => !fault || fault.method === 'getFile'
  return [
    async () => async () => pagesOf(await (isFetched() ? finished() : shown())),
    async () => () => pagesOf(randomUUID()),
  ]
}
async function failed(): Promise<string> {
  const job = await jobIn(await post(`${gateway.url}/api/tasks/echo/jobs`, form([aPdf()])))
  const { attempt } = await start(gateway, job)
  const failure = describeFailure('damaged_pdf')
  await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
  return seen(job.id)
}
/** A job that has extracted an invoice, one value of which was corrected. */
async function corrected(): Promise<string> {
  const job = await jobIn(await post(`${gateway.url}/api/tasks/extract-invoice/jobs`, form([aPdf()])))
  await extracted(gateway, job)
  const correction = { field: 'invoice.invoiceNumber', value: 'R-2' }
  await post(`${gateway.url}/api/jobs/${job.id}/corrections`, correction)
  return seen(job.id)
}
/** Two of the same task, which can be compared. */
async function pair(): Promise<[string, string]> {
  return [await corrected(), await corrected()]
}
/** Waits until the other gateway knows of it, too. */
async function seen(id: string): Promise<string> {
  await asked.projection.reached(gateway.projection.get(id)?.revision ?? 0, 60_000)
  return id
}
const Begun = z.object({ uploadId: z.string(), url: z.string() })
const begun = async () => Begun.parse(await (await post(`${gateway.url}/api/uploads`)).json())
async function uploaded(): Promise<string> {
  const { uploadId, url } = await begun()
  await fetch(gateway.url + url, { method: 'PUT', body: aPdf() })
  return uploadId
}
/** An upload that has come to an object store with an address of its own. */
async function sent(): Promise<string> {
  const { uploadId } = await begun()
  const key = `default/${uploadId}/in/sent/a.pdf`
  await gateway.objects.put(key, [Buffer.from(aPdf())], { name: 'a.pdf', contentType: 'application/pdf' })
  return uploadId
}
const Made = z.object({ id: z.string() })
async function newHook(): Promise<string> {
  const answer = await post(`${gateway.url}/api/webhooks`, { url: 'https://a.example/' })
  return Made.parse(await answer.json()).id
}
let sharedHook: Promise<string> | undefined
/** One for all that leave it there, told or not. */
async function hook(state: 'resume' | 'disable' = 'resume'): Promise<string> {
  const id = await (sharedHook ??= newHook())
  await post(`${gateway.url}/api/webhooks/${id}/${state}`)
  return id
}

/** Of a job that this gateway knows, and of one that it may find elsewhere. */
const ofJob = (job: () => Promise<string>, request: (id: string) => () => Promise<Response>): Prepare[] => [
  async () => request(await job()),
  async () => request(randomUUID()),
]

const requests: Record<string, Prepare[]> = {
  getLiveness: [async () => send('GET', '/livez')],
  getReadiness: [async () => send('GET', '/readyz')],
  getMetrics: [async () => send('GET', '/metrics')],
  getHealth: [async () => send('GET', '/api/health')],
  getActivity: [async () => send('GET', '/api/activity')],
  listKeys: [async () => send('GET', '/api/keys')],
  getOwnKey: [async () => send('GET', '/api/key')],
  followEvents: [async () => left('/api/events?from=0')],
  createStreamToken: [async () => sendJson('/api/stream-tokens')],
  createEventConsumer: [
    async () => sendJson('/api/event-consumers', { name: `n${randomUUID()}`, from: '2025-01-01' }),
  ],
  listEventConsumers: [async () => send('GET', '/api/event-consumers')],
  deleteEventConsumer: [
    async () => {
      const name = `n${randomUUID()}`
      await post(`${gateway.url}/api/event-consumers`, { name })
      return send('DELETE', `/api/event-consumers/${name}`)
    },
  ],
  listTasks: [async () => send('GET', '/api/tasks')],
  listJobs: [async () => send('GET', '/api/jobs')],
  getJob: ofJob(finished, (id) => send('GET', `/api/jobs/${id}?asOf=1000000`)),
  getStatus: ofJob(finished, (id) => send('GET', `/api/jobs/${id}/status`)),
  followJob: ofJob(finished, (id) => send('GET', `/api/jobs/${id}/events`)),
  getHistory: ofJob(finished, (id) => send('GET', `/api/jobs/${id}/history`)),
  getReceipt: ofJob(finished, (id) => send('GET', `/api/jobs/${id}/receipt`)),
  getResult: ofJob(finished, (id) => send('GET', `/api/jobs/${id}/result`)),
  headResult: ofJob(finished, (id) => send('HEAD', `/api/jobs/${id}/result`)),
  getFile: ofJob(finished, (id) => send('GET', `/api/jobs/${id}/files/out.pdf`)),
  headFile: ofJob(finished, (id) => send('HEAD', `/api/jobs/${id}/files/out.pdf`)),
  getPages: ofPages(''),
  getPagePicture: ofPages('/1/picture'),
  getPageWords: ofPages('/1/words'),
  cancelJob: ofJob(accepted, (id) => send('POST', `/api/jobs/${id}/cancel`)),
  retryJob: ofJob(finished, (id) => send('POST', `/api/jobs/${id}/retry`)),
  replayJob: ofJob(finished, (id) => sendJson(`/api/jobs/${id}/replay`, {})),
  compareJobs: [
    async () => {
      const [one, other] = await pair()
      return send('GET', `/api/jobs/${one}/comparison?with=${other}`)
    },
    async () => send('GET', `/api/jobs/${randomUUID()}/comparison?with=${randomUUID()}`),
  ],
  getExtraction: ofJob(corrected, (id) => send('GET', `/api/jobs/${id}/extraction`)),
  correctJob: ofJob(corrected, (id) =>
    sendJson(`/api/jobs/${id}/corrections`, { field: 'invoice.invoiceNumber', value: 'R-3' }),
  ),
  listCorrections: ofJob(corrected, (id) => send('GET', `/api/jobs/${id}/corrections`)),
  exportCorrections: [
    async () => {
      await corrected()
      return send('GET', '/api/corrections')
    },
  ],
  eraseJob: ofJob(finished, (id) => send('DELETE', `/api/jobs/${id}?record=true`)),
  redriveJobs: [
    async () => {
      await failed()
      return sendJson('/api/redrive', { dryRun: false, limit: 1 })
    },
  ],
  createWebhook: [async () => sendJson('/api/webhooks', { url: 'https://a.example/', from: 1 })],
  listWebhooks: [async () => send('GET', '/api/webhooks')],
  getWebhook: [async () => send('GET', `/api/webhooks/${await hook()}`)],
  changeWebhook: [
    async () => {
      const init = { method: 'PUT', headers: { 'content-type': 'application/json' } }
      const body = JSON.stringify({ url: 'https://a.example/' })
      const id = await hook()
      return () => fetch(`${asked.url}/api/webhooks/${id}`, { ...init, body })
    },
  ],
  deleteWebhook: [async () => send('DELETE', `/api/webhooks/${await newHook()}`)],
  rotateWebhookSecret: [async () => sendJson(`/api/webhooks/${await hook()}/rotate`)],
  pingWebhook: [async () => sendJson(`/api/webhooks/${await hook()}/ping`)],
  disableWebhook: [async () => sendJson(`/api/webhooks/${await hook()}/disable`)],
  resumeWebhook: [async () => sendJson(`/api/webhooks/${await hook('disable')}/resume`)],
  backfillWebhook: [async () => sendJson(`/api/webhooks/${await hook()}/backfill`, { from: 1 })],
  listDeliveries: [async () => send('GET', `/api/webhooks/${await hook()}/deliveries`)],
  redeliver: [
    async () => {
      const { revision } = gateway.projection.get(await accepted()) ?? { revision: 0 }
      return sendJson(`/api/webhooks/${await hook()}/deliveries/${revision}/redeliver`)
    },
  ],
  beginUpload: [async () => sendJson('/api/uploads')],
  sendUpload: [
    async () => {
      const { url } = await begun()
      return () => fetch(asked.url + url, { method: 'PUT', body: aPdf() })
    },
  ],
  completeUpload: [
    async () => sendJson(`/api/uploads/${await sent()}/complete`),
    async () => sendJson(`/api/uploads/${await uploaded()}/complete`),
  ],
  estimateFile: [
    async () => sendForm('/api/estimate'),
    async () => sendJson('/api/estimate', { input: { upload: await uploaded() } }),
  ],
  submitJob: [
    async () => sendForm('/api/tasks/echo/jobs'),
    async () => sendJson('/api/tasks/echo/jobs', { inputs: [{ upload: await uploaded() }] }),
  ],
  submitEach: [async () => sendForm('/api/tasks/echo/batch')],
  submitBatch: [
    async () => sendJson('/api/jobs', { jobs: [{ task: 'echo', inputs: [{ upload: await uploaded() }] }] }),
  ],
}

/** What a fault of a store is told as. */
const ofStores: FailureCode[] = [
  'events_unavailable',
  'events_full',
  'storage_unavailable',
  'storage_full',
  'object_missing',
  'object_corrupt',
]

/** Every code of `ofStores` that the requests of a route end in; any other code must be a documented one, too. */
async function endsIn(route: Route): Promise<Set<string>> {
  const found = new Set<string>()
  for (const prepare of requests[route.id] ?? []) {
    const first = await prepare()
    touched.clear()
    await (await first()).text()
    const faults = [...eventFaults, ...fullFaults, ...objectFaults].filter(({ method }) =>
      touched.has(method),
    )
    for (const each of faults) {
      const ask = await prepare()
      fault = each
      const answer = await ask().finally(() => (fault = undefined))
      const code = await codeOf(answer)
      if (code === undefined) continue
      const { method, error } = each
      // The check of the answers makes one of any code that is not documented.
      expect([route.id, method, error.message, code]).not.toContain('internal_error')
      found.add(code)
    }
  }
  return found
}

const Coded = z.object({ code: z.string() })
/** The code of a problem; those of HEAD requests have no body, and are seen with GET. */
async function codeOf(answer: Response): Promise<string | undefined> {
  const text = await answer.text()
  if (answer.status < 400 || text === '' || !answer.headers.get('content-type')?.includes('problem'))
    return undefined
  return Coded.parse(JSON.parse(text)).code
}

describe('what a route can end in', () => {
  it('is asked of every route that is documented', () => {
    const documented = gateway.gateway.routes.flatMap(({ route }) => route?.id ?? [])
    expect(Object.keys(requests).sort()).toEqual(documented.sort())
  })

  it('is what it documents, whichever store is at fault and in whichever way', async () => {
    const routes = gateway.gateway.routes.flatMap(({ route }) =>
      route && route.method !== 'HEAD' ? route : [],
    )
    const found: Record<string, FailureCode[]> = {}
    for (const route of routes) {
      const codes = await endsIn(route)
      found[route.id] = ofStores.filter((code) => codes.has(code))
    }
    const documented = routes.map((route): [string, FailureCode[]] => {
      const codes = endingsOf(route)
      return [route.id, ofStores.filter((code) => codes.includes(code))]
    })
    expect(found).toEqual(Object.fromEntries(documented))
  })
})

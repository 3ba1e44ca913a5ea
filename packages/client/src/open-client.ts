import {
  cancelJob,
  compareJobs,
  correctJob,
  createStreamToken,
  eraseJob,
  estimateFile,
  getExtraction,
  getHealth,
  getHistory,
  getJob,
  getReceipt,
  getStatus,
  listCorrections,
  listTasks,
  redriveJobs,
  replayJob,
  retryJob,
} from '@pdf-smaller/contracts/http'
import { TaskDescription } from './answers.ts'
import type { Client } from './client.ts'
import { consumers } from './consumers.ts'
import { correctionLines } from './corrections.ts'
import { type OpenSink, outputBytes, outputOf, type ReadOptions, writeOutput } from './download.ts'
import { tenantEvents } from './events.ts'
import { formBody } from './form.ts'
import { type ClientOptions, type Http, openHttp } from './http.ts'
import { listedJobs } from './list.ts'
import { randomText } from './random.ts'
import type { Digest } from './sha256.ts'
import { type Hold, holding } from './sources.ts'
import { keyed, requestEach, requestJob, uploadFile } from './submit.ts'
import { waitForJob } from './wait.ts'
import { webhooks } from './webhooks.ts'

/** What files are on a platform, and what it has to check them. */
export type Platform<Given, Target> = {
  hold: Hold<Given>
  openSink: OpenSink<Target>
  /** Of SHA-256. */
  openDigest: () => Digest
}

/** A client for a platform. @throws TypeError when `baseUrl` is no URL */
export function openClient<Given, Target>(
  options: ClientOptions,
  { hold, openSink, openDigest }: Platform<Given, Target>,
): Client<Given, Target> {
  const http = openHttp(options)
  return {
    ...reading(http),
    ...commanding(http),
    ...extractions(http),
    ...outputs({ http, openDigest }, openSink),
    consumers: consumers(http),
    webhooks: webhooks(http),
    estimate: (file, asked = {}) =>
      holding({ hold, given: [file], signal: asked.signal }, (files) =>
        http.read(estimateFile, { ...formBody({}, files), ...asked }),
      ),
    submit: (task, inputs, given = {}) => requestJob(http, hold, { task, inputs, given }),
    submitBatch: (task, inputs, given = {}) => requestEach(http, hold, { task, inputs, given }),
    upload: (given, about = {}) =>
      holding({ hold, given: [given], signal: about.signal }, async ([file]) => {
        if (!file) throw new Error('what was held is gone')
        return uploadFile(http, file, about)
      }),
  }
}

function reading(http: Http) {
  const { read } = http
  return {
    tasks: async (asked = {}) =>
      (await read(listTasks, asked)).tasks.map((task) => TaskDescription.parse(task)),
    get: (id, asked = {}) => read(getJob, { params: { id }, ...asked }),
    status: (id, asked = {}) => read(getStatus, { params: { id }, ...asked }),
    list: (filter = {}) => listedJobs(http, filter),
    wait: (id, given = {}) =>
      waitForJob(http, (signal) => read(getJob, { params: { id }, signal, once: true }), id, given),
    history: async (id, asked = {}) => (await read(getHistory, { params: { id }, ...asked })).events,
    events: (given) => tenantEvents(http, given),
    streamToken: ({ signal, ...json } = {}) => read(createStreamToken, { json, signal }),
    receipt: (id, asked = {}) => read(getReceipt, { params: { id }, ...asked }),
    health: (asked = {}) => read(getHealth, asked),
  } satisfies Partial<Client>
}

function commanding(http: Http) {
  const { read } = http
  return {
    cancel: (id, reason, asked = {}) => read(cancelJob, { params: { id }, json: { reason }, ...asked }),
    retry: (id, given = {}) => read(retryJob, { params: { id }, ...keyed(given) }),
    replay: (id, { idempotencyKey, patienceMs, signal, ...json } = {}) =>
      read(replayJob, { params: { id }, json, ...keyed({ idempotencyKey, patienceMs, signal }) }),
    redrive: ({ signal, requestedAfter, requestedBefore, ...rest } = {}) => {
      const times = {
        requestedAfter: requestedAfter?.toISOString(),
        requestedBefore: requestedBefore?.toISOString(),
      }
      return read(redriveJobs, { json: { ...rest, ...times }, harmless: true, signal })
    },
    delete: (id, { record, ...asked } = {}) =>
      read(eraseJob, { params: { id }, query: record ? { record: 'true' } : {}, ...asked }),
  } satisfies Partial<Client>
}

function extractions(http: Http) {
  const { read } = http
  return {
    comparison: (id, { with: other, ...asked } = {}) =>
      read(compareJobs, { params: { id }, query: other ? { with: other } : {}, ...asked }),
    extraction: (id, asked = {}) => read(getExtraction, { params: { id }, ...asked }),
    correct: (id, json, asked = {}) => read(correctJob, { params: { id }, json, ...asked }),
    corrections: async (id, asked = {}) =>
      (await read(listCorrections, { params: { id }, ...asked })).corrections,
    exportCorrections: (given = {}) => correctionLines(http, given),
  } satisfies Partial<Client>
}

function outputs<Target>(from: { http: Http; openDigest: () => Digest }, openSink: OpenSink<Target>) {
  const find = async (id: string, { name, signal }: ReadOptions) =>
    outputOf(await from.http.read(getJob, { params: { id }, signal }), name)
  return {
    download: async (id, to, { overwrite = false, ...given } = {}) => {
      const output = await find(id, given)
      const sink = await openSink(to, { overwrite, ending: `${randomText().slice(0, 12)}.partial` })
      await writeOutput(outputBytes(from, id, output, given), sink)
      return output
    },
    read: async function* (id, given = {}) {
      yield* outputBytes(from, id, await find(id, given), given)
    },
    blob: async (id, given = {}) => {
      const output = await find(id, given)
      const parts: Uint8Array<ArrayBuffer>[] = []
      for await (const part of outputBytes(from, id, output, given)) parts.push(part.slice())
      return new File(parts, output.name, { type: output.contentType })
    },
  } satisfies Partial<Client<never, Target>>
}

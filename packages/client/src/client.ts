import path from 'node:path'
import type { Estimate, JobStatus, JobView, ObjectRef, StatusView } from '@pdf-smaller/contracts'
import type { Correction } from '@pdf-smaller/contracts/extraction'
import {
  cancelJob,
  compareJobs,
  correctJob,
  type CorrectedExtraction,
  type CorrectionLine,
  estimateFile,
  getExtraction,
  getHistory,
  getJob,
  getStatus,
  type JobComparison,
  listCorrections,
  listJobs,
  listTasks,
  replayJob,
  retryJob,
  submitEach,
  submitJob,
} from '@pdf-smaller/contracts/http'
import { type Batch, type History, TaskDescription, type Upload } from './answers.ts'
import { formBody } from './body.ts'
import { correctionLines, type ExportOptions } from './corrections.ts'
import { downloadOutput, type DownloadOptions } from './download.ts'
import { type EventsOptions, tenantEvents } from './events.ts'
import type { News } from './follow.ts'
import { type ClientOptions, openHttp } from './http.ts'
import { type Operations, operations } from './operations.ts'
import { formOf, type Inputs, submission, type SubmitOptions, uploadFile } from './submit.ts'
import { waitForJob, type WaitOptions } from './wait.ts'

export type JobFilter = {
  status?: JobStatus | undefined
  task?: string | undefined
  tag?: string | undefined
  batchId?: string | undefined
  replayOf?: string | undefined
  requestedAfter?: Date | undefined
  requestedBefore?: Date | undefined
  /** Jobs that one request brings; all of them are listed in any case. */
  pageSize?: number | undefined
}

/** What of a job is to be another when it is run once more. */
export type ReplayOptions = {
  engine?: string | undefined
  /** Null takes the configured one. */
  model?: string | null | undefined
  /** Null takes the default of an option. */
  options?: Record<string, unknown>
  tag?: string | undefined
  idempotencyKey?: string | undefined
}

/** What a field of an extraction should be. */
export type FieldCorrection = {
  /** From 0, which it is where it is left out. */
  document?: number | undefined
  /** `invoice.totals.gross` */
  field: string
  /** Null where the document does not have the field. */
  value: Correction['value']
  note?: string | undefined
}

/**
 * The HTTP API. Every method throws ProblemError for what the service refuses, UnreachableError when it does not
 * answer, and the reason of its signal when that aborts.
 */
export type Client = Operations & {
  tasks: () => Promise<TaskDescription[]>
  /** What each level of compression would make of a file; no job is made. */
  estimate: (file: string, options?: { signal?: AbortSignal }) => Promise<Estimate>
  /** Requests one job on all the inputs. */
  submit: (task: string, inputs: Inputs, options?: SubmitOptions) => Promise<JobView>
  /** Requests a job for each file: all of them or none. */
  submitBatch: (task: string, files: readonly string[], options?: SubmitOptions) => Promise<Batch>
  /** Sends a file apart from its jobs. */
  upload: (file: string, options?: { name?: string; signal?: AbortSignal }) => Promise<Upload>
  get: (jobId: string, signal?: AbortSignal) => Promise<JobView>
  /** The status in the shape of the predecessor's API. */
  status: (jobId: string) => Promise<StatusView>
  /** Jobs, the newest first, page by page. */
  list: (filter?: JobFilter) => AsyncGenerator<JobView>
  /** Resolves with the job when it has ended, whatever its outcome. */
  wait: (jobId: string, options?: WaitOptions) => Promise<JobView>
  history: (jobId: string) => Promise<History>
  /** All events of the tenant as they happen, over any number of connections, each once and in order. */
  events: (options?: EventsOptions) => AsyncGenerator<News, void, undefined>
  cancel: (jobId: string, reason?: string) => Promise<JobView>
  /** Runs an ended job again, as a new job. */
  retry: (jobId: string, options?: { idempotencyKey?: string }) => Promise<JobView>
  /** Runs an ended job once more in another way, as a new job. */
  replay: (jobId: string, given?: ReplayOptions) => Promise<JobView>
  /** How a job has read its document, compared with the job that it replays or with another one. */
  comparison: (jobId: string, options?: { with?: string | undefined }) => Promise<JobComparison>
  /** What a job has extracted, its corrections beside the fields. */
  extraction: (jobId: string) => Promise<CorrectedExtraction>
  /** Says what a field should be. */
  correct: (jobId: string, correction: FieldCorrection) => Promise<Correction>
  /** All corrections of a job, the oldest first. */
  corrections: (jobId: string) => Promise<Correction[]>
  /** The corrections of all jobs, as tests for whoever has the files. */
  exportCorrections: (options?: ExportOptions) => AsyncGenerator<CorrectionLine>
  /** Downloads an output of a job into a file. @returns which output it was */
  download: (jobId: string, to: string, options?: DownloadOptions) => Promise<ObjectRef>
}

/** @throws TypeError when `baseUrl` is no URL */
export function createClient(options: ClientOptions): Client {
  const http = openHttp(options)
  const { read } = http
  const get: Client['get'] = (id, signal) => read(getJob, { params: { id }, signal })
  return {
    ...operations(http),
    get,
    tasks: async () => (await read(listTasks, {})).tasks.map((task) => TaskDescription.parse(task)),
    estimate: async (file, { signal } = {}) => {
      const form = await formBody({}, [{ path: file, name: path.basename(file) }])
      return read(estimateFile, { ...form, signal })
    },
    submit: async (task, inputs, given = {}) =>
      read(submitJob, { params: { task }, ...(await submission(inputs, given)) }),
    submitBatch: async (task, files, given = {}) =>
      read(submitEach, { params: { task }, ...(await formOf(files, given)) }),
    upload: (file, given = {}) => uploadFile(http, file, given),
    status: (id) => read(getStatus, { params: { id } }),
    list: async function* (filter = {}) {
      const query = queryOf(filter)
      for (;;) {
        const page = await read(listJobs, { query })
        yield* page.jobs
        if (page.nextCursor === undefined) return
        query['cursor'] = page.nextCursor
      }
    },
    wait: (jobId, given = {}) => {
      const getOnce: Client['get'] = (id, signal) => read(getJob, { params: { id }, signal, once: true })
      return waitForJob(http, getOnce, jobId, given)
    },
    history: async (id) => (await read(getHistory, { params: { id } })).events,
    events: (given) => tenantEvents(http, given),
    cancel: (id, reason) => read(cancelJob, { params: { id }, json: { reason } }),
    retry: (id, { idempotencyKey } = {}) =>
      read(retryJob, {
        params: { id },
        headers: idempotencyKey ? { 'idempotency-key': idempotencyKey } : {},
      }),
    replay: (id, { idempotencyKey, ...json } = {}) =>
      read(replayJob, {
        params: { id },
        json,
        headers: idempotencyKey ? { 'idempotency-key': idempotencyKey } : {},
      }),
    comparison: (id, { with: other } = {}) =>
      read(compareJobs, { params: { id }, query: other ? { with: other } : {} }),
    extraction: (id) => read(getExtraction, { params: { id } }),
    correct: (id, json) => read(correctJob, { params: { id }, json }),
    corrections: async (id) => (await read(listCorrections, { params: { id } })).corrections,
    exportCorrections: (given = {}) => correctionLines(http, given),
    download: async (jobId, to, given = {}) =>
      downloadOutput(http, await get(jobId, given.signal), to, given),
  }
}

function queryOf({ requestedAfter, requestedBefore, pageSize, ...words }: JobFilter): Record<string, string> {
  const all = {
    ...words,
    requestedAfter: requestedAfter?.toISOString(),
    requestedBefore: requestedBefore?.toISOString(),
    limit: pageSize?.toString(),
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

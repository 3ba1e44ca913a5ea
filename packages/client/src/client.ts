import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { JobView, type Progress } from '@pdf-smaller/contracts'
import type { z } from 'zod'
import { Batch, JobPage, type TaskDescription, Tasks } from './answers.ts'
import { type Download, download } from './download.ts'
import { follow } from './follow.ts'
import { problemOf } from './problem.ts'

export type SubmitOptions = { options?: object; tag?: string; idempotencyKey?: string }
export type WaitOptions = { onProgress?: (progress: Progress) => void; signal?: AbortSignal }

/** A typed client of the HTTP API. Every method throws ProblemError for what the service refuses. */
export type Client = {
  tasks: () => Promise<TaskDescription[]>
  /** Hands in files of this machine as one job. */
  submit: (task: string, files: readonly string[], options?: SubmitOptions) => Promise<JobView>
  /** Hands in each file as a job of its own: all of them or none. */
  submitBatch: (
    task: string,
    files: readonly string[],
    options?: SubmitOptions,
  ) => Promise<z.infer<typeof Batch>>
  get: (jobId: string) => Promise<JobView>
  list: (query?: Record<string, string>) => AsyncGenerator<JobView>
  /** Resolves with the job when it has ended, over interruptions of the connection too. */
  wait: (jobId: string, options?: WaitOptions) => Promise<JobView>
  cancel: (jobId: string) => Promise<JobView>
  retry: (jobId: string) => Promise<JobView>
  /** Brings the n-th output into a file, checked against its SHA-256. */
  download: Download
}

export type ClientOptions = { url: string; apiKey?: string | undefined }

/** A request, with its headers as a plain record. */
type Request = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }

const ended = new Set(['completed', 'failed', 'cancelled'])
const pauseMs = 300

export function createClient({ url, apiKey }: ClientOptions): Client {
  const request = async (route: string, init: Request = {}): Promise<Response> => {
    const authorization = apiKey ? { authorization: `Bearer ${apiKey}` } : {}
    const response = await fetch(new URL(route, url), {
      ...init,
      headers: { ...init.headers, ...authorization },
    })
    if (!response.ok) throw await problemOf(response)
    return response
  }
  const read = async <S extends z.ZodType>(schema: S, route: string, init?: Request) =>
    schema.parse(await (await request(route, init)).json())
  const get: Client['get'] = (jobId) => read(JobView, `/api/jobs/${jobId}`)

  return {
    get,
    tasks: async () => (await read(Tasks, '/api/tasks')).tasks,
    submit: async (task, files, options = {}) =>
      read(JobView, `/api/jobs/${task}`, { method: 'POST', ...(await formOf(files, options)) }),
    submitBatch: async (task, files, options = {}) =>
      read(Batch, `/api/jobs/${task}/batch`, { method: 'POST', ...(await formOf(files, options)) }),
    list: async function* (query = {}) {
      for (let cursor: string | undefined; ;) {
        const search = new URLSearchParams({ ...query, ...(cursor ? { cursor } : {}) })
        const page = await read(JobPage, `/api/jobs?${search.toString()}`)
        yield* page.jobs
        cursor = page.nextCursor
        if (!cursor) return
      }
    },
    wait: async (jobId, { onProgress, signal } = {}) => {
      let last = ''
      for (;;) {
        signal?.throwIfAborted()
        const open = (headers: Record<string, string>) =>
          request(`/api/jobs/${jobId}/events`, { headers, ...(signal ? { signal } : {}) })
        last = await follow(open, last, (news) => news.kind === 'progress' && onProgress?.(news.progress))
        const job = await get(jobId)
        if (ended.has(job.status)) return job
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    },
    cancel: (jobId) => read(JobView, `/api/jobs/${jobId}/cancel`, { method: 'POST' }),
    retry: (jobId) => read(JobView, `/api/jobs/${jobId}/retry`, { method: 'POST' }),
    download: download(request),
  }
}

/** Files are read from the disk while they are sent. */
async function formOf(files: readonly string[], { options, tag, idempotencyKey }: SubmitOptions) {
  const form = new FormData()
  if (options) form.set('options', JSON.stringify(options))
  if (tag) form.set('tag', tag)
  for (const file of files) {
    form.append('file', await openAsBlob(file, { type: 'application/pdf' }), path.basename(file))
  }
  return { body: form, headers: idempotencyKey ? { 'idempotency-key': idempotencyKey } : {} }
}

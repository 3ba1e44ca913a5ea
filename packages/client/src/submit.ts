import path from 'node:path'
import { OpenedUpload, Upload } from './answers.ts'
import { fileBody, formBody } from './body.ts'
import type { Http, Request } from './http.ts'

/** What a job works on: files of this machine, or files that were uploaded before. */
export type Inputs = readonly string[] | { uploads: readonly { upload: string; name?: string }[] }

export type SubmitOptions = {
  /** Options of the task. */
  options?: Record<string, unknown>
  /** A word of one's own to find the job by. */
  tag?: string | undefined
  /** The job waits until then. */
  startAt?: Date | undefined
  /** Made anew, even where an earlier job had the same files and options. */
  fresh?: boolean | undefined
  /** With a key the same request may be repeated and gives one job. */
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
}

/** The request that submits: a form with files, or JSON that names uploads. */
export async function submission(
  inputs: Inputs,
  { options = {}, tag, startAt, fresh, idempotencyKey, signal }: SubmitOptions,
): Promise<Request> {
  const about = { ...(tag ? { tag } : {}), ...(startAt ? { startAt: startAt.toISOString() } : {}) }
  const key: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}
  const { headers, ...body } =
    'uploads' in inputs
      ? jsonBody({ ...about, ...(fresh ? { fresh } : {}), options, inputs: inputs.uploads })
      : await formBody(
          { ...about, ...(fresh ? { fresh: 'true' } : {}), options: JSON.stringify(options) },
          inputs.map((file) => ({ path: file, name: path.basename(file) })),
        )
  return { method: 'POST', ...body, headers: { ...headers, ...key }, signal }
}

/** A value as the body of a request. */
export function jsonBody(value: unknown) {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}

/** Sends a file apart from its jobs: to the gateway, or straight to the object store where that has an address. */
export async function uploadFile(
  http: Http,
  file: string,
  { name = path.basename(file), signal }: { name?: string | undefined; signal?: AbortSignal | undefined },
): Promise<Upload> {
  const begin = { method: 'POST', ...jsonBody({ name }), signal }
  const { uploadId, method, url, fields } = await http.read(OpenedUpload, '/api/uploads', begin)
  const route = `/api/uploads/${uploadId}`
  if (method === 'PUT') {
    const query = new URLSearchParams({ name }).toString()
    return http.read(Upload, `${route}?${query}`, { method, ...(await fileBody(file)), signal })
  }
  await http.foreign(url, { method, ...(await formBody(fields, [{ path: file, name }])), signal })
  return http.read(Upload, `${route}/complete`, begin)
}

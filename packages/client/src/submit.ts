import path from 'node:path'
import { beginUpload, completeUpload, sendUpload, type Upload } from '@pdf-smaller/contracts/http'
import { fileBody, formBody } from './body.ts'
import type { Http } from './http.ts'

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
export async function submission(inputs: Inputs, given: SubmitOptions) {
  if (!('uploads' in inputs)) return formOf(inputs, given)
  const { options = {}, fresh, signal } = given
  const json = { ...aboutOf(given), ...(fresh ? { fresh } : {}), options, inputs: [...inputs.uploads] }
  return { json, headers: keyOf(given), signal }
}

/** The request that submits files of this machine. */
export async function formOf(files: readonly string[], given: SubmitOptions) {
  const { options = {}, fresh, signal } = given
  const form = await formBody(
    { ...aboutOf(given), ...(fresh ? { fresh: 'true' } : {}), options: JSON.stringify(options) },
    files.map((file) => ({ path: file, name: path.basename(file) })),
  )
  return { ...form, headers: { ...form.headers, ...keyOf(given) }, signal }
}

const aboutOf = ({ tag, startAt }: SubmitOptions) => ({
  ...(tag ? { tag } : {}),
  ...(startAt ? { startAt: startAt.toISOString() } : {}),
})

const keyOf = ({ idempotencyKey }: SubmitOptions): Record<string, string> =>
  idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}

/** Sends a file apart from its jobs: to the gateway, or straight to the object store where that has an address. */
export async function uploadFile(
  http: Http,
  file: string,
  { name = path.basename(file), signal }: { name?: string | undefined; signal?: AbortSignal | undefined },
): Promise<Upload> {
  const { uploadId, method, url, fields } = await http.read(beginUpload, { json: { name }, signal })
  const params = { id: uploadId }
  if (method === 'PUT')
    return http.read(sendUpload, { params, query: { name }, ...(await fileBody(file)), signal })
  await http.foreign(url, { method, ...(await formBody(fields, [{ path: file, name }])), signal })
  return http.read(completeUpload, { params, json: { name }, signal })
}

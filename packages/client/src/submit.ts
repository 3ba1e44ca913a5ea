import {
  beginUpload,
  completeUpload,
  sendUpload,
  submitBatch,
  submitEach,
  submitJob,
  type Upload,
} from '@pdf-smaller/contracts/http'
import { fileBody, formBody, type SentFile } from './form.ts'
import { type Http, repeating } from './http.ts'
import { randomText } from './random.ts'
import { type Hold, holding } from './sources.ts'
import type { BatchOf, JobOf, OptionsOf, OtherTask, Task } from './tasks/tasks.ts'

/** What a job works on: files, or what was uploaded before. */
export type Inputs<Given> = readonly Given[] | { uploads: readonly { upload: string; name?: string }[] }

/** How a request that makes jobs is repeated. */
export type Keyed = {
  /**
   * The same request under the same key gives the same jobs, however often it is sent; one is made where it is left out, and
   * kept over all tries of this call.
   */
  idempotencyKey?: string | undefined
  /** How long the service may be away before its absence is thrown, ms. */
  patienceMs?: number | undefined
  signal?: AbortSignal | undefined
}

/** @template T the task; of one that is not known here, options are whatever it takes */
export type SubmitOptions<T extends Task = OtherTask> = Keyed & {
  /** Options of the task. */
  options?: OptionsOf<T>
  /** A word of one's own to find the job by. */
  tag?: string | undefined
  /** The job waits until then. */
  startAt?: Date | undefined
  /** Made anew, even where an earlier job had the same files and options. */
  fresh?: boolean | undefined
}

/** What makes a request safe to repeat. */
export function keyed({ idempotencyKey = randomText(), patienceMs, signal }: Keyed) {
  return { idempotencyKey, patienceMs, signal }
}

type Requested<Given, T extends Task> = { task: T; inputs: Inputs<Given>; given: SubmitOptions<T> }

/** Requests one job: with a form that holds the files, or with JSON that names uploads. */
export function requestJob<Given, T extends Task>(
  http: Http,
  hold: Hold<Given>,
  { task, inputs, given }: Requested<Given, T>,
): Promise<JobOf<T>> {
  const asking = { params: { task }, ...keyed(given) }
  const job =
    'uploads' in inputs
      ? http.read(submitJob, { ...asking, json: jsonOf(inputs.uploads, given) })
      : holding({ hold, given: inputs, signal: given.signal }, (files) =>
          http.read(submitJob, { ...asking, ...formOf(files, given) }),
        )
  // The service has checked options and results with the schemas that the types are made of.
  return job as Promise<JobOf<T>>
}

function jsonOf(inputs: readonly { upload: string; name?: string }[], given: SubmitOptions) {
  const { options = {}, fresh } = given
  return { ...aboutOf(given), ...(fresh ? { fresh } : {}), options, inputs: [...inputs] }
}

/** Requests a job for each file. */
export function requestEach<Given, T extends Task>(
  http: Http,
  hold: Hold<Given>,
  { task, inputs, given }: Requested<Given, T>,
): Promise<BatchOf<T>> {
  const asking = keyed(given)
  const jobs =
    'uploads' in inputs
      ? http.read(submitBatch, {
          json: { jobs: inputs.uploads.map((upload) => ({ task, ...jsonOf([upload], given) })) },
          ...asking,
        })
      : holding({ hold, given: inputs, signal: given.signal }, (files) =>
          http.read(submitEach, { params: { task }, ...asking, ...formOf(files, given) }),
        )
  return jobs as Promise<BatchOf<T>>
}

function formOf(files: readonly SentFile[], given: SubmitOptions) {
  const { options = {}, fresh } = given
  const fields = { ...aboutOf(given), ...(fresh ? { fresh: 'true' } : {}), options: JSON.stringify(options) }
  return formBody(fields, files)
}

const aboutOf = ({ tag, startAt }: SubmitOptions) => ({
  ...(tag ? { tag } : {}),
  ...(startAt ? { startAt: startAt.toISOString() } : {}),
})

export type UploadOptions = Omit<Keyed, 'idempotencyKey'> & { name?: string | undefined }

/**
 * Sends a file apart from its jobs: to the gateway, or straight to the object store where that has an address. What was
 * begun and not ended is begun anew; the service removes what nobody uses.
 */
export function uploadFile(
  http: Http,
  { bytes, name: ownName }: SentFile,
  { name = ownName, signal, patienceMs }: UploadOptions,
): Promise<Upload> {
  const file = { bytes, name }
  return repeating({ harmless: true, signal, patienceMs }, () => sendOnce(http, file, signal))
}

async function sendOnce(http: Http, file: SentFile, signal: AbortSignal | undefined): Promise<Upload> {
  const { name } = file
  const { uploadId, method, url, fields } = await http.read(beginUpload, { json: { name }, signal })
  const params = { id: uploadId }
  if (method === 'PUT') return http.read(sendUpload, { params, query: { name }, ...fileBody(file), signal })
  await http.foreign(url, { method, ...formBody(fields, [file]), signal })
  return http.read(completeUpload, { params, json: { name }, signal })
}

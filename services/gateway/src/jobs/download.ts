import { type Failure, JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { attachment } from '../http/disposition.ts'
import { matches } from '../http/etag.ts'
import { rangeOf } from '../http/range.ts'
import { fetchable } from './answer.ts'
import { findJob } from './find.ts'

/** What a failed job has not made is asked for; the request is answered with the job's failure. */
export class FailedJob extends Error {
  override readonly name = 'FailedJob'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** A file on its way: whole, a range of it, or nothing but its headers. */
type Download = { status: 200 | 206 | 304; content?: AsyncIterable<Uint8Array> }

type Asking = Pick<FastifyRequest, 'method' | 'caller'> & {
  params: { id: string }
  headers: {
    range?: string | undefined
    'if-range'?: string | undefined
    'if-none-match'?: string | undefined
  }
}
/** Where the headers of the answer go. */
type Headers = { headers: (values: Record<string, string | number>) => unknown }

/** Picks an output of those that can be fetched. */
type Choose = (outputs: readonly ObjectRef[], isDone: boolean) => ObjectRef | undefined

/**
 * Opens an output of a job, which may be there while the job runs.
 * @throws FailedJob; JobFailure unknown_job, not_finished, job_cancelled, file_expired, unknown_file,
 * range_not_satisfiable; ObjectStoreError
 */
export async function openDownload(
  context: Context,
  request: Asking,
  reply: Headers,
  pick: Choose,
): Promise<Download> {
  const job = await findJob(context, request.caller.tenant, request.params.id)
  return openFile(context, outputOf(job, pick), request, reply)
}

/** @throws FailedJob; JobFailure job_cancelled, file_expired: a job that has no files, and will have none */
export function refuseWithoutFiles(job: JobView): void {
  if (job.status === 'failed' && job.failure) throw new FailedJob(job.failure)
  if (job.status === 'cancelled') throw new JobFailure('job_cancelled')
  if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
}

function outputOf(job: JobView, pick: Choose): ObjectRef {
  refuseWithoutFiles(job)
  const isDone = job.status === 'completed'
  const file = pick(fetchable(job), isDone)
  if (!file && !isDone) throw new JobFailure('not_finished', `it is ${job.status}`)
  if (!file) throw new JobFailure('unknown_file')
  return file
}

/** Conditions and ranges are those of RFC 9110, sections 13 and 14. */
async function openFile(
  { objects }: Context,
  { key, name, size, sha256, contentType }: ObjectRef,
  { headers, method }: Asking,
  reply: Headers,
): Promise<Download> {
  const etag = `"${sha256}"`
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'content-disposition': attachment(name),
    'content-security-policy': 'sandbox',
    // What a job has made never changes, but it is nobody else's and is deleted some day.
    'cache-control': 'private, no-cache',
  })
  if (matches(headers['if-none-match'], etag)) return { status: 304 }
  const ifRange = headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? rangeOf(headers.range, size) : undefined
  if (range === 'unsatisfiable') {
    reply.headers({ 'content-range': `bytes */${size}` })
    throw new JobFailure('range_not_satisfiable', `it has ${size} bytes`)
  }
  const status = range ? 206 : 200
  const content =
    method === 'HEAD' ? {} : { content: (await objects.get(key, range ? { range } : {})).stream }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  reply.headers({
    'content-type': contentType,
    'content-length': end - start + 1,
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  })
  return { status, ...content }
}

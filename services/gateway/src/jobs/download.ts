import { JobFailure, type JobView, type ObjectRef } from '@pdf-smaller/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { attachment } from '../http/disposition.ts'
import { rangeOf } from '../http/range.ts'
import { answerFailedJob } from '../http/refuse.ts'
import { fetchable } from './answer.ts'

/**
 * Answers with an output of a job, which may be there while the job runs; of a failed job with its failure.
 * @throws JobFailure not_finished, job_cancelled, file_expired, unknown_file, range_not_satisfiable; ObjectStoreError
 */
export async function answerOutput(
  context: Context,
  job: JobView,
  pick: (outputs: readonly ObjectRef[]) => ObjectRef | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (job.status === 'failed' && job.failure) {
    answerFailedJob(context, job.failure, request, reply)
    return reply
  }
  if (job.status === 'cancelled') throw new JobFailure('job_cancelled')
  if (job.expired) throw new JobFailure('file_expired', `at ${job.expired.at}`)
  const file = pick(fetchable(job))
  if (!file && job.status !== 'completed') throw new JobFailure('not_finished', `it is ${job.status}`)
  if (!file) throw new JobFailure('unknown_file')
  return sendFile(context, file, request, reply)
}

/**
 * Sends an output: whole, a range of it, its headers alone, or that it has not changed (RFC 9110, sections 13 and 14).
 * @throws JobFailure range_not_satisfiable; ObjectStoreError
 */
async function sendFile(
  { objects }: Context,
  { key, name, size, sha256, contentType }: ObjectRef,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { headers, method } = request
  const etag = `"${sha256}"`
  void reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'content-disposition': attachment(name),
    'content-security-policy': 'sandbox',
    // What a job has made never changes, but it is nobody else's and is deleted some day.
    'cache-control': 'private, no-cache',
  })
  if (matches(headers['if-none-match'], etag)) return reply.code(304).send()
  const ifRange = headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? rangeOf(headers.range, size) : undefined
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${size}`)
    throw new JobFailure('range_not_satisfiable', `it has ${size} bytes`)
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (method === 'HEAD') return describe(reply, contentType, range, size).send()
  const { stream } = await objects.get(key, range ? { range: { start, end } } : {})
  return describe(reply, contentType, range, size).send(stream)
}

function describe(
  reply: FastifyReply,
  contentType: string,
  range: { start: number; end: number } | undefined,
  size: number,
): FastifyReply {
  void reply.header('content-type', contentType)
  if (!range) return reply.code(200).header('content-length', size)
  const { start, end } = range
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${size}`)
    .header('content-length', end - start + 1)
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  return (
    ifNoneMatch === '*' ||
    (ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false)
  )
}

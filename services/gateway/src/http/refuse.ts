import type { Failure } from '@pdf-smaller/contracts'
import { type Fault, problemType } from '@pdf-smaller/contracts/http'
import { traceId } from '@pdf-smaller/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { FailedJob } from '../jobs/download.ts'
import { describe, failureOfRequest, problemOf, retryAfter, WrongInput } from '../problem.ts'
import { commonHeaders } from './admit.ts'
import { letGo } from './let-go.ts'
import { toldAddress } from './told-address.ts'
import { traceRefusal } from './trace-request.ts'

/** Answers a request with the problem that ended it. */
export function refuse(
  context: Pick<Context, 'log' | 'closing' | 'origins'>,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { log } = context
  // The service itself has not failed at this request.
  if (error instanceof FailedJob) {
    answerFailure(context, error.failure, request, reply, undefined, { ofJob: true })
    return reply
  }
  const failure = failureOfRequest(error)
  if (failure.code === 'unauthorized') void reply.header('www-authenticate', 'Bearer')
  const { status } = answerFailure(
    context,
    describe(failure),
    request,
    reply,
    failure instanceof WrongInput ? failure.faults : undefined,
  )
  const about = {
    method: request.method,
    url: toldAddress(request.url),
    code: failure.code,
    traceId: traceId(request.traceparent),
  }
  if (failure.code === 'internal_error')
    log.error({ ...about, err: failure.cause ?? failure }, 'a bug ended a request')
  else if (status >= 500) log.warn({ ...about, err: failure.cause }, 'a request failed')
  else log.debug({ ...about, why: failure.why }, 'a request was refused')
  return reply
}

/** Sends a failure as a problem document (RFC 9457). */
function answerFailure(
  context: Pick<Context, 'closing' | 'origins'>,
  failure: Failure,
  request: FastifyRequest,
  reply: FastifyReply,
  faults?: Fault[],
  { ofJob = false }: { ofJob?: boolean } = {},
): { status: number } {
  if (!request.traceparent) commonHeaders(context, request, reply)
  const problem = problemOf(failure, {
    instance: request.url.split('?', 1)[0] ?? '/',
    traceId: traceId(request.traceparent) ?? '',
    faults,
    ofJob,
  })
  traceRefusal(request, failure.code, problem.status >= 500 && !ofJob)
  const wait = retryAfter(problem)
  if (wait !== undefined) void reply.header('retry-after', String(wait))
  letGo(request.raw, reply.raw, context.closing)
  void reply
    .code(problem.status)
    .header('content-type', `${problemType}; charset=utf-8`)
    .send(JSON.stringify(problem))
  return problem
}

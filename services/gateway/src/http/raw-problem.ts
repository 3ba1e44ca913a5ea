import { describeFailure, type FailureCode } from '@pdf-smaller/contracts'
import { problemType } from '@pdf-smaller/contracts/http'
import { childTrace, traceId } from '@pdf-smaller/platform'
import { STATUS_CODES } from 'node:http'
import { problemOf, retryAfter } from '../problem.ts'

/** A problem of a connection, for which there is no route and perhaps no request. */
export type RawProblem = { status: number; headers: Record<string, string>; body: string }

export function rawProblem(code: FailureCode, why = ''): RawProblem {
  const problem = problemOf(describeFailure(code, why), {
    instance: '/',
    traceId: traceId(childTrace(undefined)) ?? '',
  })
  const body = JSON.stringify(problem)
  const wait = retryAfter(problem)
  const headers = {
    'content-type': `${problemType}; charset=utf-8`,
    'content-length': String(Buffer.byteLength(body)),
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
  }
  return { status: problem.status, headers, body }
}

/** The same as it stands on a connection (RFC 9112). */
export function onTheWire({ status, headers, body }: RawProblem): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`
}

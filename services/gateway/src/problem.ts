import {
  describeFailure,
  type Failure,
  failures,
  JobFailure,
  type FailureCode as Code,
} from '@pdf-smaller/contracts'
import { type Fault, type Problem, statusOf } from '@pdf-smaller/contracts/http'
import { StoreFull, StoreUnavailable } from '@pdf-smaller/eventstore'
import { ObjectStoreError, type ObjectStoreErrorKind } from '@pdf-smaller/object-store'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { z } from 'zod'

/** A request with wrong values, told one by one. */
export class WrongInput extends JobFailure {
  readonly faults: Fault[]

  constructor(code: Code, faults: Fault[]) {
    super(
      code,
      faults.map(({ pointer, detail }) => [pointer.slice(1), detail].filter(Boolean).join(': ')).join('; '),
    )
    this.faults = faults
  }
}

/** The issues of a zod schema as faults; `at` is the pointer of the checked value. */
export function faultsOf(error: { issues: z.core.$ZodIssue[] }, at = ''): Fault[] {
  return error.issues.flatMap((issue) => {
    const pointer = pointerTo(at, issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: detailOf(issue) }]
    return issue.keys.map((key) => ({ pointer: pointerTo(pointer, [key]), detail: 'it is unknown here' }))
  })
}

/** A JSON pointer (RFC 6901). */
function pointerTo(at: string, path: readonly PropertyKey[]): string {
  return [at, ...path.map((token) => String(token).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
}

/** What is wrong; of a value that may be of several kinds, what each of them would be. */
function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message
  const each = issue.errors.flatMap(([first]) => (first ? [detailOf(first)] : []))
  return each.length > 0 ? [...new Set(each)].join(', or ') : issue.message
}

const codeOfKind: Record<ObjectStoreErrorKind, Code> = {
  missing: 'object_missing',
  corrupt: 'object_corrupt',
  full: 'storage_full',
  unavailable: 'storage_unavailable',
  denied: 'storage_unavailable',
  too_large: 'too_large',
  size_mismatch: 'broken_upload',
  stalled: 'upload_timeout',
  aborted: 'broken_upload',
  invalid_range: 'range_not_satisfiable',
  invalid_key: 'internal_error',
  exists: 'internal_error',
}

const codeOfFastify: Record<string, Code> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_MP_PREMATURE_CLOSE: 'broken_upload',
}

/** Any thrown value as the one error that requests fail with; what nobody foresaw becomes `internal_error`. */
export function failureOfRequest(error: unknown): JobFailure {
  if (error instanceof JobFailure) return error
  if (error instanceof StoreUnavailable) return new JobFailure('events_unavailable', '', { cause: error })
  if (error instanceof StoreFull) return new JobFailure('events_full', '', { cause: error })
  if (error instanceof ObjectStoreError) return failureOfObjects(error)
  if (!(error instanceof Error)) return new JobFailure('internal_error', '', { cause: error })
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.flatMap(({ instancePath, message = 'wrong value', keyword, params }) =>
      faultsOf({
        issues: [
          // The framework hands on an issue of zod in parts.
          {
            ...params,
            code: keyword,
            message,
            path: instancePath.split('/').filter((token) => token !== ''),
          } as z.core.$ZodIssue,
        ],
      }),
    )
    return new WrongInput('invalid_request', faults)
  }
  const code = 'code' in error ? codeOfFastify[String(error.code)] : undefined
  if (code) return new JobFailure(code, '', { cause: error })
  if ('statusCode' in error && Number(error.statusCode) < 500)
    return new JobFailure('invalid_request', error.message, { cause: error })
  return new JobFailure('internal_error', '', { cause: error })
}

/** A store passes on what ended its source, or what it had to wait for, as the cause of its own error. */
function failureOfObjects(error: ObjectStoreError): JobFailure {
  const { cause } = error
  if (cause instanceof JobFailure || cause instanceof StoreUnavailable || cause instanceof StoreFull)
    return failureOfRequest(cause)
  return new JobFailure(codeOfKind[error.kind], '', { cause: error })
}

/** Statuses after which the same request may succeed, whatever the class of the failure says of jobs. */
const passing = new Set([408, 429, 503, 507])

/** The problem document of a failure; `faults` where single values of the request were wrong. */
export function problemOf(
  failure: Failure,
  {
    instance,
    traceId,
    faults,
    ofJob = false,
  }: { instance: string; traceId: string; faults?: Fault[] | undefined; ofJob?: boolean },
): Problem {
  const { http, title } = failures[failure.code]
  const status = statusOf(failure.code, { ofJob })
  return {
    type: `urn:pdf-smaller:problem:${failure.code}`,
    title,
    status,
    detail: failure.message,
    instance,
    code: failure.code,
    retryable: !ofJob && (passing.has(http) || failure.retryable),
    ...(faults ? { errors: faults } : {}),
    traceId,
  }
}

const secondsByStatus: Partial<Record<number, number>> = { 503: 5, 507: 60 }
const secondsByCode: Partial<Record<Code, number>> = {
  too_many_followers: 30,
  tenant_busy: 10,
  tenant_full: 3600,
}

/** When a client should try again, seconds; undefined where that is of no use or is known better elsewhere. */
export function retryAfter({ status, code }: Pick<Problem, 'status' | 'code'>): number | undefined {
  return secondsByCode[code] ?? secondsByStatus[status]
}

/** What a thrown JobFailure tells. */
export function describe(error: JobFailure): Failure {
  return describeFailure(error.code, error.why)
}

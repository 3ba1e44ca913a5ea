import { z } from 'zod'
import { FailureCode } from '../failure.ts'
import { failures } from '../failures.ts'

/** One wrong value of a request: where it stands (JSON pointer) and what is wrong. */
export const Fault = z.object({ pointer: z.string(), detail: z.string() })
export type Fault = z.infer<typeof Fault>

/** The body of every answer that is no success (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  /** Stable; what a program may switch on. */
  code: FailureCode,
  /** Whether the same request may succeed later. */
  retryable: z.boolean(),
  errors: z.array(Fault).optional(),
  traceId: z.string(),
})
export type Problem = z.infer<typeof Problem>

export const problemType = 'application/problem+json'

/** What a request for a failed job's files is answered with where its failure has no status of 4xx itself. */
const failedJobStatus = 422

/**
 * The status of a request that ends in a failure. Of a job's failure it is one of 4xx: the service itself has not failed
 * at this request, and asking again is of no use.
 */
export function statusOf(code: FailureCode, { ofJob = false } = {}): number {
  const { http } = failures[code]
  return ofJob && http >= 500 ? failedJobStatus : http
}

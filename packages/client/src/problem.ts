import { Problem as ProblemAnswer } from '@pdf-smaller/contracts/http'
import { z } from 'zod'

/** What an answer that is no success says of itself (RFC 9457); a newer service may have codes that are not known here. */
const ProblemDocument = ProblemAnswer.pick({ status: true, title: true, retryable: true }).extend({
  detail: z.string().optional(),
  code: z.string(),
  traceId: z.string().optional(),
})

/** The code of answers that are none of the service's own, such as those of a proxy. */
export const unknownAnswer = 'unknown_answer'

type Problem = {
  /** Stable; what a program may switch on. */
  code: string
  /** Of the HTTP answer. */
  status: number
  title: string
  /** What failed, why and what to do, in one line. */
  detail: string
  /** Whether the same request may succeed later. */
  retryable: boolean
  /** How long the service asks to wait before that, ms (Retry-After); undefined where it does not say. */
  retryAfterMs?: number | undefined
  /** Names the request in the service's logs. */
  traceId: string | undefined
}

/** The service has refused a request, or has failed at it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined
  readonly traceId: string | undefined

  constructor({ code, status, title, detail, retryable, retryAfterMs, traceId }: Problem) {
    super(detail)
    this.code = code
    this.status = status
    this.title = title
    this.detail = detail
    this.retryable = retryable
    this.retryAfterMs = retryAfterMs
    this.traceId = traceId
  }
}

/** There was no answer, or it broke off. The request may have been carried out all the same. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** Reads what went wrong out of an answer. Never throws. */
export async function problemOf(response: Response): Promise<ProblemError> {
  return problemIn(response, await response.text().catch(() => ''))
}

/** The same, of an answer whose body was read. */
export function problemIn(response: Response, body: string): ProblemError {
  const parsed = ProblemDocument.safeParse(jsonOf(body))
  if (!parsed.success) return strangeAnswer(response)
  const { status, title, detail = title, code, retryable, traceId } = parsed.data
  return new ProblemError({
    status,
    title,
    detail,
    code,
    retryable,
    retryAfterMs: retryAfterMs(response),
    traceId,
  })
}

/** Retry-After in its two forms (RFC 9110, section 10.2.3): seconds, or a date. */
function retryAfterMs({ headers }: Response): number | undefined {
  const told = headers.get('retry-after')
  if (told === null) return undefined
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/** An answer that the service itself does not give. */
export function strangeAnswer(response: Response): ProblemError {
  const { status, statusText, url } = response
  const title = `The answer is not one of PDF Smaller: ${status} ${statusText}`.trim()
  return new ProblemError({
    status,
    code: unknownAnswer,
    title,
    detail: `${title}. Check the address ${new URL(url).origin}, and what stands between it and the service.`,
    retryable: status === 429 || status >= 500,
    retryAfterMs: retryAfterMs(response),
    traceId: undefined,
  })
}

/** Whether the same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return error instanceof UnreachableError || (error instanceof ProblemError && error.retryable)
}

/** The value of a JSON text; undefined for any other text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

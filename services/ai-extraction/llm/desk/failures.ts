import { JobFailure, type FailureCode } from '@pdf-smaller/contracts'
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { EndlessAnswer } from './limited-fetch.ts'
import { retryAfterMs } from './retry-after.ts'

/** What servers say of a text that is too long: OpenAI's code, and the words of vLLM and llama.cpp. */
const tooLong = /context_length|context (length|size|window)|too (long|large)|maximum.{0,20}(tokens|length)/i

/**
 * What a request failed with. What the server says in words stays here: it may repeat the key, or the document.
 * @param error of the client; one that is none of its own is given back
 */
export function failureOfRequest(error: unknown, now: Date): unknown {
  if (error instanceof APIConnectionTimeoutError) return new JobFailure('llm_timeout', '', { cause: error })
  if (error instanceof APIConnectionError) return new JobFailure('llm_unreachable', reasonOf(error))
  if (!(error instanceof APIError) || error.status === undefined) return error
  const headers = error.headers ?? new Headers()
  const final = headers.get('x-should-retry') === 'false' || error.code === 'insufficient_quota'
  const wait = retryAfterMs(headers, now)
  return new JobFailure(codeOf(error.status, saidIn(error)), toldOf(error), {
    ...(final ? { final } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  })
}

/**
 * What an answer failed with that has no error of the client's own. The parser's message has the beginning of the answer in
 * it, so that none of these is kept as the cause.
 */
export function failureOfAnswer(error: unknown): unknown {
  if (error instanceof APIError || error instanceof JobFailure) return error
  if (error instanceof EndlessAnswer) return new JobFailure('llm_bad_answer', 'it has no end')
  if (error instanceof SyntaxError) return new JobFailure('llm_failed', 'its answer is no JSON')
  if (error instanceof TypeError) return new JobFailure('llm_unreachable', 'its answer broke off')
  return new JobFailure('llm_failed', 'its answer cannot be read')
}

function codeOf(status: number, said: string): FailureCode {
  if (status === 429) return 'llm_rate_limited'
  if (status === 408) return 'llm_timeout'
  if (status === 502 || status === 503 || status === 504 || status === 529) return 'llm_unreachable'
  if (status >= 500 || status === 409) return 'llm_failed'
  return [400, 413, 422].includes(status) && tooLong.test(said) ? 'llm_context' : 'llm_rejected'
}

/** What a server says of an error, to be understood here and told nowhere. */
export const saidIn = ({ code, message }: APIError): string => `${code ?? ''} ${message}`

/** The status, and the name of the error where it is one. */
function toldOf({ status, code, type }: APIError): string {
  const name = [code, type].find((each) => typeof each === 'string' && /^[a-z]+(_[a-z]+)*$/.test(each))
  return `it answers with ${status}${name ? ` (${name})` : ''}`
}

/** The client says only that there was no connection; what is behind it says why, such as ECONNREFUSED. */
function reasonOf(error: Error): string {
  let cause: unknown = error
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z_]+$/.test(cause.code)) return cause.code
    cause = cause.cause
  }
  return 'there is no connection to it'
}

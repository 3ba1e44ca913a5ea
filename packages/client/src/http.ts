import { type AnswerOf, filledPath, type Route } from '@pdf-smaller/contracts/http'
import type { z } from 'zod'
import { openBackoff, toldToWait } from './backoff.ts'
import { jsonOf, ProblemError, problemIn, problemOf, strangeAnswer, UnreachableError } from './problem.ts'

export type ClientOptions = {
  /** Where the gateway is reached, for example `http://127.0.0.1:8080`; may have a path. */
  baseUrl: string
  apiKey?: string | undefined
  fetch?: (url: string, init?: RequestInit) => Promise<Response>
}

/** A request, with its headers as a plain record. */
export type Request = Pick<RequestInit, 'method' | 'redirect' | 'window'> & {
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  body?: string | Blob
  /** Whether the caller itself tries again after the service has asked to wait. */
  once?: boolean
  /** With a key the same request may be carried out any number of times to one effect, so it is sent again after a lost answer, too. */
  idempotencyKey?: string | undefined
  /** Whether it may be carried out several times without a key, too. */
  harmless?: boolean
  /** How long it may go on failing, beside the waits that it is asked for, ms; then the failure is thrown. */
  patienceMs?: number | undefined
}

/** What a request says beside its route. */
type Asked = Omit<Request, 'method'> & {
  params?: Record<string, string>
  query?: Record<string, string>
  json?: unknown
}

/** A request of a route, with the parameters and the body of its contract. */
export type Asking<R extends Route> = Asked &
  (R extends { params: infer P extends z.ZodType } ? { params: z.input<P> } : unknown) &
  (R extends { body: infer B extends z.ZodType } ? { json?: z.input<B> } : { json?: undefined })

/** Requests to one gateway, repeated when it asks to come again later. They throw ProblemError, UnreachableError, or the reason of their signal. */
export type Http = {
  request: <R extends Route>(route: R, asking: Asking<R>) => Promise<Response>
  /** Asks another server, which does not get the key. */
  foreign: (url: string, init?: Request) => Promise<Response>
  /** Reads an answer that is JSON, by the schema that the contract has for its status. */
  read: <R extends Route>(route: R, asking: Asking<R>) => Promise<AnswerOf<R>>
  /** The bytes of an answer as they arrive. */
  body: (response: Response, signal?: AbortSignal) => AsyncGenerator<Uint8Array>
}

/** @throws TypeError when the base is no URL */
export function openHttp({ baseUrl, apiKey, fetch = globalThis.fetch }: ClientOptions): Http {
  const base = new URL(baseUrl).href.replace(/\/+$/, '')
  const authorization = apiKey ? { authorization: `Bearer ${apiKey}` } : {}
  const unreachable = (error: unknown, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted()
    return new UnreachableError(`${base} does not answer: ${reasonOf(error)}`, { cause: error })
  }
  const ask = async (url: string, { signal, ...init }: Request, answers: Route['answers'] = {}) => {
    const response = await fetch(url, { ...init, ...(signal ? { signal } : {}) }).catch((error: unknown) => {
      throw unreachable(error, signal)
    })
    if (!response.ok && !answers[response.status]?.schema) throw await problemOf(response)
    return response
  }
  const foreign: Http['foreign'] = (url, init = {}) => repeating(init, () => ask(url, init))
  const addressed = (route: Route, { params, query = {}, json, headers, ...init }: Asked) => {
    const search = new URLSearchParams(query).toString()
    const body = json === undefined ? { headers: {} } : jsonBody(json)
    const key = init.idempotencyKey === undefined ? {} : { 'idempotency-key': init.idempotencyKey }
    return {
      url: `${base}${filledPath(route, params)}${search ? `?${search}` : ''}`,
      init: {
        ...init,
        ...body,
        method: route.method,
        headers: { ...headers, ...body.headers, ...key, ...authorization },
      },
    }
  }
  return {
    request: (route, asking) => {
      const { url, init } = addressed(route, asking)
      return foreign(url, init)
    },
    foreign,
    read: async <R extends Route>(route: R, asking: Asking<R>) => {
      const { url, init } = addressed(route, asking)
      return repeating(init, async () => {
        const response = await ask(url, init, route.answers)
        const text = await response.text().catch((error: unknown) => {
          throw unreachable(error, asking.signal)
        })
        const parsed = route.answers[response.status]?.schema?.safeParse(jsonOf(text))
        if (!parsed?.success) throw response.ok ? strangeAnswer(response) : problemIn(response, text)
        // The schema is one of those that the type is made of.
        return parsed.data as AnswerOf<R>
      })
    },
    body: async function* (response, signal) {
      // Not every browser iterates over streams.
      const reader = response.body?.getReader()
      try {
        for (let read = await reader?.read(); read?.value; read = await reader?.read()) yield read.value
      } catch (error) {
        throw unreachable(error, signal)
      } finally {
        await reader?.cancel().catch(() => {})
      }
    },
  }
}

/** A value as the body of a request. */
function jsonBody(value: unknown) {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}

/** Tries until it succeeds, or another try is of no use or not allowed. */
export async function repeating<T>(init: Request, attempt: () => Promise<T>): Promise<T> {
  const backoff = openBackoff(init.patienceMs ?? usualPatienceMs, init.signal)
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (init.once || !mayRepeat(error, init)) throw error
      await backoff.pause(error)
    }
  }
}

const usualPatienceMs = 60_000

/**
 * Whether something may be tried once more. What was over the rate was not looked at. Other requests may have been carried
 * out all the same, so that only such are repeated that change nothing by it; and unless they have a key, only when the
 * service asks for it.
 */
function mayRepeat(error: unknown, { method = 'GET', idempotencyKey, harmless }: Request): boolean {
  const isHarmless = harmless || idempotencyKey !== undefined
  if (toldToWait(error) !== undefined) return isHarmless || method === 'GET' || isOf(error, [429])
  return isHarmless && (error instanceof UnreachableError || isOf(error, [502, 503, 504]))
}

const isOf = (error: unknown, statuses: readonly number[]) =>
  error instanceof ProblemError && error.retryable && statuses.includes(error.status)

/** The innermost cause tells what happened; fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

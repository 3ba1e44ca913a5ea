import { type AnswerOf, filledPath, problemType, type Route } from '@pdf-smaller/contracts/http'
import type { z } from 'zod'
import { openBackoff, toldToWait } from './backoff.ts'
import { jsonOf, ProblemError, problemOf, strangeAnswer, UnreachableError } from './problem.ts'

export type ClientOptions = {
  /** Where the gateway is reached, for example `http://127.0.0.1:8080`; may have a path. */
  baseUrl: string
  apiKey?: string | undefined
  fetch?: (url: string, init?: RequestInit) => Promise<Response>
}

/** A request, with its headers as a plain record. */
export type Request = Omit<RequestInit, 'headers' | 'signal' | 'body'> & {
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** A text, or what gives the bytes anew for each try. */
  body?: string | (() => ReadableStream<Uint8Array>)
  /** Whether the caller itself tries again after the service has asked to wait. */
  once?: boolean
  /** Statuses that are answers, too, and no problems. */
  answers?: readonly number[]
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
  const ask = async (url: string, { signal, body, answers, ...init }: Request) => {
    const sent = typeof body === 'function' ? { body: body() } : body === undefined ? {} : { body }
    const response = await fetch(url, { ...init, ...sent, ...(signal ? { signal } : {}) }).catch(
      (error: unknown) => {
        throw unreachable(error, signal)
      },
    )
    if (!response.ok && !isAnswer(response, answers)) throw await problemOf(response)
    return response
  }
  const foreign: Http['foreign'] = async (url, init = {}) => {
    const backoff = openBackoff(patienceMs, init.signal)
    for (;;) {
      try {
        return await ask(url, init)
      } catch (error) {
        if (init.once || !mayRepeat(error, init)) throw error
        await backoff.pause(error)
      }
    }
  }
  const request = (route: Route, { params, query = {}, json, headers, ...init }: Asked) => {
    const search = new URLSearchParams(query).toString()
    const address = `${base}${filledPath(route, params)}${search ? `?${search}` : ''}`
    const body = json === undefined ? { headers: {} } : jsonBody(json)
    const sent = { ...headers, ...body.headers, ...authorization }
    const answers = Object.keys(route.answers).map(Number)
    return foreign(address, { ...init, ...body, answers, method: route.method, headers: sent })
  }
  return {
    request,
    foreign,
    read: async <R extends Route>(route: R, asking: Asking<R>) => {
      const response = await request(route, asking)
      const text = await response.text().catch((error: unknown) => {
        throw unreachable(error, asking.signal)
      })
      const parsed = route.answers[response.status]?.schema?.safeParse(jsonOf(text))
      if (!parsed?.success) throw strangeAnswer(response)
      // The schema is one of those that the type is made of.
      return parsed.data as AnswerOf<R>
    },
    body: async function* (response, signal) {
      try {
        if (response.body) yield* response.body
      } catch (error) {
        throw unreachable(error, signal)
      }
    },
  }
}

/** Whether it is what the route answers with, such as 503 of a system that is unhealthy. */
function isAnswer({ status, headers }: Response, answers: readonly number[] = []): boolean {
  return answers.includes(status) && !headers.get('content-type')?.startsWith(problemType)
}

/** A value as the body of a request. */
function jsonBody(value: unknown) {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}

/** How long a request may go on failing beside the waits that it is asked for. */
const patienceMs = 60_000

/**
 * Whether a request that was refused with a wait may be sent once more: a request over the rate was not looked at;
 * others may have been carried out all the same, so that only such are repeated that change nothing by it.
 */
function mayRepeat(error: unknown, { method = 'GET', headers = {} }: Request): boolean {
  if (toldToWait(error) === undefined) return false
  const isOverRate = error instanceof ProblemError && error.status === 429
  return isOverRate || method === 'GET' || 'idempotency-key' in headers
}

/** The innermost cause tells what happened; fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

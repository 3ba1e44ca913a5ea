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
}

/** Requests to one gateway, repeated when it asks to come again later. They throw ProblemError, UnreachableError, or the reason of their signal. */
export type Http = {
  request: (route: string, init?: Request) => Promise<Response>
  /** Asks another server, which does not get the key. */
  foreign: (url: string, init?: Request) => Promise<Response>
  /** Reads an answer that is JSON. */
  read: <S extends z.ZodType>(schema: S, route: string, init?: Request) => Promise<z.output<S>>
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
  const ask = async (url: string, { signal, body, ...init }: Request) => {
    const sent = typeof body === 'function' ? { body: body() } : body === undefined ? {} : { body }
    const response = await fetch(url, { ...init, ...sent, ...(signal ? { signal } : {}) }).catch(
      (error: unknown) => {
        throw unreachable(error, signal)
      },
    )
    if (!response.ok) throw await problemOf(response)
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
  const request: Http['request'] = (route, { headers, ...init } = {}) =>
    foreign(base + route, { ...init, headers: { ...headers, ...authorization } })
  return {
    request,
    foreign,
    read: async (schema, route, init) => {
      const response = await request(route, init)
      const text = await response.text().catch((error: unknown) => {
        throw unreachable(error, init?.signal)
      })
      const parsed = schema.safeParse(jsonOf(text))
      if (!parsed.success) throw strangeAnswer(response)
      return parsed.data
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

import type { z } from 'zod'
import { jsonOf, problemOf, strangeAnswer, UnreachableError } from './problem.ts'

export type ClientOptions = {
  /** Where the gateway is reached, for example `http://127.0.0.1:8080`; may have a path. */
  baseUrl: string
  apiKey?: string | undefined
  fetch?: (url: string, init?: RequestInit) => Promise<Response>
}

/** A request, with its headers as a plain record. */
export type Request = Omit<RequestInit, 'headers' | 'signal'> & {
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

/** Requests to one gateway. They throw ProblemError, UnreachableError, or the reason of their signal. */
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
  const foreign: Http['foreign'] = async (url, { signal, ...init } = {}) => {
    const response = await fetch(url, { ...init, ...(signal ? { signal } : {}) }).catch((error: unknown) => {
      throw unreachable(error, signal)
    })
    if (!response.ok) throw await problemOf(response)
    return response
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

/** The innermost cause tells what happened; fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

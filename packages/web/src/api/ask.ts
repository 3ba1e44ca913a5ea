import { apiKey, keyHeaders, learnOfKey } from './key.ts'
import type { z } from './parts.ts'
import { jsonOf, strangeAnswer, troubleOf, unreachable } from './trouble.ts'

export type Asked = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  json?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** It is sent also where the page ends meanwhile. */
  keepalive?: boolean
  /** A status that is no success, and has the same body all the same. */
  orStatus?: number
}

/**
 * Asks the gateway that the page came from, with the key where there is one.
 * @param path behind the origin, beginning with a slash
 * @throws Trouble; the reason of the signal when that aborts
 */
export async function ask<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  asked: Asked = {},
): Promise<z.output<Schema>> {
  const { body } = await answerTo(path, asked)
  return parsed(schema, body)
}

/** The same, with the headers of the answer. */
export async function askWithHeaders<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  asked: Asked = {},
): Promise<{ value: z.output<Schema>; headers: Headers }> {
  const { body, headers } = await answerTo(path, asked)
  return { value: parsed(schema, body), headers }
}

/** The bytes of a file or a picture. */
export async function askForBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send(path, { signal })
  return response.blob().catch((error: unknown) => {
    throw broken(error, signal)
  })
}

/** Asks whether an address would answer, and takes nothing of what it says. @throws Trouble */
export async function knockAt(path: string): Promise<void> {
  const { body } = await send(path, {})
  await body?.cancel()
}

async function answerTo(path: string, asked: Asked): Promise<{ body: string; headers: Headers }> {
  const response = await send(path, asked)
  const body = await response.text().catch((error: unknown) => {
    throw broken(error, asked.signal)
  })
  return { body, headers: response.headers }
}

async function send(
  path: string,
  { method = 'GET', json, headers, signal, keepalive = false, orStatus }: Asked,
): Promise<Response> {
  const key = apiKey.peek()
  const response = await fetch(path, {
    method,
    keepalive,
    headers: {
      ...keyHeaders(),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    throw broken(error, signal)
  })
  learnOfKey(key, response.status)
  if (response.ok || response.status === orStatus) return response
  throw troubleOf(response.status, await response.text().catch(() => ''))
}

const broken = (error: unknown, signal: AbortSignal | undefined): unknown =>
  signal?.aborted ? error : unreachable()

function parsed<Schema extends z.ZodMiniType>(schema: Schema, body: string): z.output<Schema> {
  const result = schema.safeParse(jsonOf(body))
  if (result.success) return result.data
  throw strangeAnswer()
}

import type { Client } from './client.ts'
import type { ClientOptions } from './http.ts'
import { openClient } from './open-client.ts'
import { openSha256 } from './sha256.ts'
import { intoStream } from './sinks.ts'
import { holdInMemory } from './sources.ts'

export type { Client }
export * from './surface.ts'

/** A client for browsers, and for whatever else has `fetch`. @throws TypeError when `baseUrl` is no URL */
export function createClient(options: ClientOptions): Client {
  return openClient(options, { hold: holdInMemory, openSink: intoStream, openDigest: openSha256 })
}

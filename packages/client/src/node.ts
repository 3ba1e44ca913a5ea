import { createHash } from 'node:crypto'
import type { Client as AnyClient } from './client.ts'
import type { ClientOptions } from './http.ts'
import { holdFile, type NodeSource } from './node/files.ts'
import { intoFile, type NodeTarget } from './node/sinks.ts'
import { openClient } from './open-client.ts'
import type { Digest } from './sha256.ts'

export { fileCheckpoint } from './node/file-checkpoint.ts'
export * from './surface.ts'
export type { NodeSource, NodeTarget }

const openDigest = (): Digest => {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') }
}

/** The HTTP API, with paths of files wherever bytes come from or go to. */
export type Client = AnyClient<NodeSource, NodeTarget>

/** @throws TypeError when `baseUrl` is no URL */
export function createClient(options: ClientOptions): Client {
  return openClient(options, { hold: holdFile, openSink: intoFile, openDigest })
}

import { existsSync } from 'node:fs'
import path from 'node:path'

/** Where the project keeps what it built or fetched, shared by all checkouts. */
function cacheFolder(): string {
  return path.join(process.env['XDG_CACHE_HOME'] ?? `${process.env['HOME']}/.cache`, 'pdf-smaller/bin')
}

/** The path of a nats-server of exactly this version. */
export function provideNatsServer(version = '2.15.2'): Promise<string> {
  const cached = path.join(cacheFolder(), `nats-server-${version}`)
  if (!existsSync(cached)) throw new Error(`nats-server ${version} is not there`)
  return Promise.resolve(cached)
}

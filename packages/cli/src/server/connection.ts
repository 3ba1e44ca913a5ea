import type { Client } from '@pdf-smaller/client/node'
import { NoServiceError } from '../program/exit.ts'
import { apiKeyIn } from './api-key.ts'
import type { Environment } from './environment.ts'
import { dataFolder, findServer, usualAddress } from './find.ts'

/** The service that one command uses; it is looked for once. */
export type Connection = {
  /** The service named, else the one that runs here; undefined where none does. @throws UsageError */
  find: (named: string | undefined) => Promise<Client | undefined>
  /** The same. @throws NoServiceError where none runs; UsageError */
  need: (named: string | undefined) => Promise<Client>
  /** The same, else one that is started for this command alone. @throws NoServiceError, UsageError */
  needOrStart: (named: string | undefined) => Promise<Client>
  address: (named: string | undefined) => Promise<string | undefined>
  /** Ends what was started. */
  close: () => Promise<void>
}

export function openConnection(environment: Environment, signal: AbortSignal): Connection {
  let found: Promise<string | undefined> | undefined
  let stop = async () => {}
  const address: Connection['address'] = (named) => (found ??= findServer(named, environment))
  const clientAt = async (url: string) => {
    const { createClient } = await import('@pdf-smaller/client/node')
    return createClient({ baseUrl: url, apiKey: await apiKeyIn(environment) })
  }
  const find: Connection['find'] = async (named) => {
    const url = await address(named)
    return url === undefined ? undefined : clientAt(url)
  }
  return {
    address,
    find,
    need: async (named) => {
      const client = await find(named)
      if (client) return client
      throw new NoServiceError(
        `no service runs here: none answers at ${usualAddress(environment)}. Start one with: pdf-smaller up; or name one with --server URL`,
      )
    },
    needOrStart: async (named) => {
      const client = await find(named)
      if (client) return client
      const { startEmbedded } = await import('./embedded.ts')
      const own = await startEmbedded(dataFolder(environment), environment, signal)
      stop = own.stop
      found = Promise.resolve(own.url)
      return clientAt(own.url)
    },
    close: () => stop(),
  }
}

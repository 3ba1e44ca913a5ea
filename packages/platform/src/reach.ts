import { setTimeout as wait } from 'node:timers/promises'
import { checkEventStore } from '@pdf-smaller/eventstore'
import { connect, type ConnectionOptions, errors, type NatsConnection } from '@nats-io/transport-node'
import type { Log } from './log.ts'
import { StartError } from './start.ts'

const dialMs = 5000
const [firstPauseMs, longestPauseMs] = [250, 5000]

/** How long to wait for the servers, and where what is waited for is told. */
export type Patience = { seconds: number; log: Log }

/**
 * Connects to the event store's servers, whose addresses hold no secrets, as soon as one of them answers, with JetStream.
 * @throws StartError when none does in time, or when they refuse this service
 */
export async function reachNats(
  options: ConnectionOptions & { servers: string[] },
  { seconds, log }: Patience,
): Promise<NatsConnection> {
  const servers = options.servers.join(', ')
  const until = performance.now() + seconds * 1000
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await reach(options)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      if (error instanceof errors.AuthorizationError)
        throw new StartError(`nats-server at ${servers} refuses this service: ${why}. ${checkSecrets}`)
      const restMs = until - performance.now()
      if (restMs <= 0)
        throw new StartError(
          `nats-server at ${servers} did not answer for ${seconds} s: ${why}. ${checkServers}`,
        )
      log.warn({ servers, why }, 'nats-server does not answer; trying again')
      await wait(Math.min(pauseMs, restMs))
    }
  }
}

const checkSecrets =
  'Check the user, token or key that it is shown: PDF_SMALLER_NATS_URL, _USER and _PASSWORD, _TOKEN, _NKEY_FILE or _CREDENTIALS_FILE'
const checkServers =
  'Start it with JetStream, or check PDF_SMALLER_NATS_URL; PDF_SMALLER_NATS_WAIT_SECONDS is how long a start waits'

async function reach(options: ConnectionOptions): Promise<NatsConnection> {
  const connection = await connect({ ...options, timeout: dialMs })
  try {
    await checkEventStore(connection)
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

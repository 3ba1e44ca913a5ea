import type { NatsConnection } from '@nats-io/transport-node'

/** Calls back each time when a lost connection is there again, until it is closed. */
export async function onReconnect(connection: NatsConnection, again: () => void): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'reconnect') again()
}

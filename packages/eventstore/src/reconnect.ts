import type { NatsConnection } from '@nats-io/transport-node'

/** Calls back each time when a lost connection is there again, until it is closed. */
export function onReconnect(connection: NatsConnection, again: () => void): Promise<void> {
  return onStatus(connection, 'reconnect', again)
}

/** Calls back each time when the connection is lost. */
export function onDisconnect(connection: NatsConnection, lost: () => void): Promise<void> {
  return onStatus(connection, 'disconnect', lost)
}

async function onStatus(
  connection: NatsConnection,
  type: 'reconnect' | 'disconnect',
  call: () => void,
): Promise<void> {
  for await (const status of connection.status()) if (status.type === type) call()
}

import { type Presence, presenceSubject } from '@pdf-smaller/contracts'
import type { NatsConnection } from '@nats-io/transport-node'

const everyMs = 15_000

/** Tells that a service runs in this process, now and again and again, until the returned function says that it has ended. */
export function announce(connection: NatsConnection, service: string, name: string): () => void {
  const tell = (ended: boolean) => {
    if (connection.isClosed()) return
    const presence: Presence = { service, name, at: new Date().toISOString(), ended }
    // A lost one is followed by the next.
    connection.publish(presenceSubject(service, name), JSON.stringify(presence))
  }
  tell(false)
  const timer = setInterval(() => tell(false), everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    tell(true)
  }
}

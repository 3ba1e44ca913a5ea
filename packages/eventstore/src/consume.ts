import { createInbox, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node'
import { deliveryFrom, type Delivery } from './delivery.ts'
import type { Decode } from './recorded.ts'

export type Consumption = {
  /** Messages being handled now. */
  busy: () => number
  /** Asks for no further messages; resolves when those at hand are handled. */
  drain: () => Promise<void>
}

const pullExpiryMs = 5000

/** Counts what was asked for and not yet given. */
type Asking = { asked: number; until: number; queued: boolean }

/**
 * Pulls exactly as many messages as there are free slots, so that none waits here while another process is idle.
 * Slots that get free in the same turn share a request.
 */
export function consume<E>(
  { connection, streamName, decode }: { connection: NatsConnection; streamName: string; decode: Decode<E> },
  consumer: string,
  slots: number,
  handle: (delivery: Delivery<E>) => Promise<void>,
): Consumption {
  const inbox = createInbox()
  const next = `$JS.API.CONSUMER.MSG.NEXT.${streamName}.${consumer}`
  const asking: Asking = { asked: 0, until: 0, queued: false }
  let busy = 0
  let drained: (() => void) | undefined

  const ask = () => {
    asking.queued = false
    const batch = slots - busy - asking.asked
    if (batch <= 0 || drained || connection.isClosed()) return
    asking.asked += batch
    asking.until = Date.now() + pullExpiryMs + 1000
    connection.publish(next, JSON.stringify({ batch, expires: nanos(pullExpiryMs) }), { reply: inbox })
  }
  const askSoon = () => {
    if (asking.queued) return
    asking.queued = true
    setImmediate(ask)
  }
  const settle = () => {
    busy--
    if (busy === 0) drained?.()
    askSoon()
  }
  const onMessage = (message: Msg) => {
    if (message.headers?.code) {
      asking.asked -= Math.min(asking.asked, unusedOf(message) ?? asking.asked)
      return askSoon()
    }
    asking.asked = Math.max(0, asking.asked - 1)
    const delivery = deliveryFrom(connection, message, decode)
    if (drained) return delivery.nak(0)
    busy++
    void handle(delivery).finally(settle)
  }
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => {
      if (!error) onMessage(message)
    },
  })
  const forget = () => {
    asking.asked = 0
    askSoon()
  }
  // A request that was lost with its connection is never answered: after its expiry the slots ask again.
  const watch = setInterval(() => Date.now() > asking.until && forget(), 500)
  watch.unref()
  void onReconnect(connection, forget)
  ask()

  const drain = async () => {
    clearInterval(watch)
    const handled = new Promise<void>((resolve) => (drained = resolve))
    // Draining the subscription ends the requests under way; what was sent before that is given back.
    if (!connection.isClosed()) await subscription.drain()
    if (busy > 0) await handled
  }
  let draining: Promise<void> | undefined
  return { busy: () => busy, drain: () => (draining ??= drain()) }
}

/** How many messages of a pull request will not come, as the status that ended it says. */
function unusedOf(status: Msg): number | undefined {
  return Number(status.headers?.get('Nats-Pending-Messages')) || undefined
}

async function onReconnect(connection: NatsConnection, again: () => void): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'reconnect') again()
}

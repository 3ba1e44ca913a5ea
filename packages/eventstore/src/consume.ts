import { createInbox, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node'
import { deliveryFrom, type Delivery } from './delivery.ts'
import { onReconnect } from './reconnect.ts'
import type { Decode } from './recorded.ts'

export type Consumption = {
  /** Messages being handled now. */
  busy: () => number
  /** Asks for no further messages; resolves when those at hand are handled. */
  drain: () => Promise<void>
}

const pullExpiryMs = 5000
/** The status of a request that nobody answers: it is made again when it would have expired. */
const nobody = 503

export type ConsumeContext<E> = {
  connection: NatsConnection
  streamName: string
  decode: Decode<E>
  /** Sees to it that the consumer is there, and within the stream, when the server was away. */
  ready: () => Promise<void>
}

/** Keeps count of the messages that were asked for and have not come yet. */
function openRequests(free: () => number, send: (batch: number) => void) {
  let asked = 0
  let until = 0
  let queued = false
  const ask = () => {
    queued = false
    const batch = free() - asked
    if (batch <= 0) return
    asked += batch
    until = Date.now() + pullExpiryMs + 1000
    send(batch)
  }
  const askSoon = () => {
    if (queued) return
    queued = true
    setImmediate(ask)
  }
  return {
    askSoon,
    arrived: () => (asked = Math.max(0, asked - 1)),
    /** A request is over: so many of its messages will not come. */
    ended: (status: Msg) => {
      asked -= Math.min(asked, unusedOf(status) ?? asked)
      askSoon()
    },
    /** A request that was lost with its connection is never answered: the slots ask again. */
    forget: () => {
      asked = 0
      askSoon()
    },
    isOverdue: () => Date.now() > until,
  }
}

/**
 * Pulls exactly as many messages as there are free slots, so that none waits here while another process is idle.
 * Slots that get free in the same turn share a request.
 */
export function consume<E>(
  { connection, streamName, decode, ready }: ConsumeContext<E>,
  consumer: string,
  slots: number,
  handle: (delivery: Delivery<E>) => Promise<void>,
): Consumption {
  const inbox = createInbox()
  const next = `$JS.API.CONSUMER.MSG.NEXT.${streamName}.${consumer}`
  let busy = 0
  let drained: (() => void) | undefined

  const requests = openRequests(
    () => (drained || connection.isClosed() ? 0 : slots - busy),
    (batch) =>
      connection.publish(next, JSON.stringify({ batch, expires: nanos(pullExpiryMs) }), { reply: inbox }),
  )
  const settle = () => {
    busy--
    if (busy === 0) drained?.()
    requests.askSoon()
  }
  const onMessage = (message: Msg) => {
    if (message.headers?.code) return message.headers.code === nobody ? undefined : requests.ended(message)
    requests.arrived()
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
  const watch = setInterval(() => {
    if (requests.isOverdue()) requests.forget()
  }, 500)
  watch.unref()
  void onReconnect(connection, () => void ready().then(requests.forget, requests.forget))
  requests.askSoon()

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

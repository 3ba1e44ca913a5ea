import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'
import { closedStore, StoreRefused, StoreUnavailable } from './errors.ts'

/** Sends a request and resolves with its reply. Rejects with StoreUnavailable, or StoreRefused for one that is too large. */
export type Request = (
  subject: string,
  payload: string | Uint8Array,
  options?: { headers?: MsgHdrs; timeoutMs?: number },
) => Promise<Msg>

/** How often is looked whether an answer is overdue. */
const sweepMs = 100

type Waiter = { resolve: (reply: Msg) => void; reject: (error: Error) => void; due: number }

/**
 * Request and reply over one wildcard inbox: per call it costs a map entry, where the client's own request
 * builds a subscription handle, a timer and two errors with stacks.
 * A lost connection rejects what is under way at once instead of at its time limit.
 */
export function openRequester(connection: NatsConnection): { request: Request; close: () => void } {
  const inbox = createInbox()
  const waiters = new Map<string, Waiter>()
  let count = 0
  let closed = false

  const settle = (id: string): Waiter | undefined => {
    const waiter = waiters.get(id)
    waiters.delete(id)
    return waiter
  }
  const subscription = connection.subscribe(`${inbox}.*`, {
    callback: (error, reply) => {
      if (error) return
      const waiter = settle(reply.subject.slice(inbox.length + 1))
      if (reply.headers?.code === 503) waiter?.reject(new StoreUnavailable('no event store answers'))
      else waiter?.resolve(reply)
    },
  })
  const rejectAll = (why: string) => {
    for (const id of waiters.keys()) settle(id)?.reject(new StoreUnavailable(why))
  }
  let lookedAt = performance.now()
  const sweep = setInterval(() => {
    const now = performance.now()
    // While this process stood still, answers may have come that it reads only now.
    const stoodStillMs = Math.max(0, now - lookedAt - 2 * sweepMs)
    lookedAt = now
    for (const [id, waiter] of waiters) {
      waiter.due += stoodStillMs
      if (waiter.due < now) settle(id)?.reject(new StoreUnavailable('the event store did not answer in time'))
    }
  }, sweepMs)
  sweep.unref()
  void rejectOnDisconnect(connection, rejectAll)

  const request: Request = (subject, payload, { headers, timeoutMs = 3000 } = {}) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closedStore())
      const id = (count++).toString(36)
      waiters.set(id, { resolve, reject, due: performance.now() + timeoutMs })
      try {
        connection.publish(subject, payload, { reply: `${inbox}.${id}`, ...(headers ? { headers } : {}) })
      } catch (cause) {
        waiters.delete(id)
        reject(unsent(connection, cause))
      }
    })

  const close = () => {
    closed = true
    clearInterval(sweep)
    if (!connection.isClosed()) subscription.unsubscribe()
    rejectAll(closedStore().message)
  }
  return { request, close }
}

/** What the client threw in place of sending. */
export function unsent(connection: NatsConnection, cause: unknown): StoreRefused | StoreUnavailable {
  if (connection.isClosed() || connection.isDraining())
    return new StoreUnavailable('the connection to the event store is closed', { cause })
  const why = cause instanceof Error ? cause.message : String(cause)
  return new StoreRefused(`the event store cannot be sent this: ${why}`, 0, { cause })
}

async function rejectOnDisconnect(
  connection: NatsConnection,
  rejectAll: (why: string) => void,
): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect') rejectAll('the connection to the event store was lost')
  }
}

import { jetstreamManager } from '@nats-io/jetstream'
import { createInbox, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node'
import { deliveryOf } from './recorded.ts'

export type OrderedSession = {
  after: number
  filters: string[]
  onMessage: (message: Msg, sequence: number) => void
  onCaughtUp: (sequence: number) => void
  /** A gap was seen or the consumer could not be made; the session is over. */
  onBroken: (error?: unknown) => void
}

const heartbeatMs = 1000
const silenceMs = 3 * heartbeatMs

/**
 * One ephemeral push consumer without acknowledgements (NATS ADR-17): messages come in order, a gap or a silence
 * ends the session. Flow control requests are answered after the messages before them were handled.
 */
export function openOrderedSession(
  connection: NatsConnection,
  streamName: string,
  session: OrderedSession,
): { end: () => void } {
  let expected = 1
  let heardAt = Date.now()
  let over = false
  const inbox = createInbox()

  const end = () => {
    if (over) return
    over = true
    clearInterval(watch)
    if (!connection.isClosed()) subscription.unsubscribe()
  }
  const broken = (error?: unknown) => {
    if (over) return
    end()
    session.onBroken(error)
  }
  const onData = (message: Msg) => {
    const { sequence, consumerSequence, pending } = deliveryOf(message.reply ?? '')
    if (consumerSequence !== expected++) return broken()
    session.onMessage(message, sequence)
    if (pending === 0) session.onCaughtUp(sequence)
  }
  const onStatus = (message: Msg) => {
    const answerTo = message.reply || message.headers?.get('Nats-Consumer-Stalled')
    if (answerTo) connection.publish(answerTo)
    const last = message.headers?.get('Nats-Last-Consumer')
    if (last && Number(last) !== expected - 1) broken()
  }
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => {
      if (error || over) return
      heardAt = Date.now()
      if (message.headers?.code) onStatus(message)
      else onData(message)
    },
  })
  const watch = setInterval(() => Date.now() - heardAt > silenceMs && broken(), heartbeatMs / 2)
  watch.unref()
  makeConsumer(connection, streamName, inbox, session).then(
    (undelivered) => undelivered === 0 && !over && session.onCaughtUp(session.after),
    (error: unknown) => broken(error),
  )
  return { end }
}

/** @returns how many events there were to be delivered */
async function makeConsumer(
  connection: NatsConnection,
  streamName: string,
  inbox: string,
  { after, filters }: OrderedSession,
): Promise<number> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2000 })
  const info = await manager.consumers.add(streamName, {
    deliver_subject: inbox,
    ...(after > 0
      ? { deliver_policy: 'by_start_sequence', opt_start_seq: after + 1 }
      : { deliver_policy: 'all' }),
    ack_policy: 'none',
    filter_subjects: filters,
    flow_control: true,
    idle_heartbeat: nanos(heartbeatMs),
    inactive_threshold: nanos(30_000),
    max_deliver: 1,
    mem_storage: true,
    num_replicas: 1,
  })
  return info.num_pending + info.delivered.consumer_seq
}

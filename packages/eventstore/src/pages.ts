import { jetstreamManager } from '@nats-io/jetstream'
import { createInbox, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node'
import { answered } from './errors.ts'
import { deliveryOf } from './recorded.ts'

/** Some messages in order, and what comes behind them: more, nothing, or what this consumer cannot give any more. */
export type Page = { messages: Msg[]; behind: 'more' | 'end' | 'broken' }

export type Pages = {
  /** Asks for the next page; one at a time. Never throws. */
  next: () => Promise<Page>
  close: () => void
}

type Wanted = { after: number | Date; filters: readonly string[]; pageMessages?: number | undefined }

/** The most messages of a page, and of bytes that messages of a usual size take in it. */
const usualPageMessages = 500
const pageBytes = 2 * 1024 * 1024
const silenceMs = 3000
const timeout = 2000

/** Statuses that end a request (NATS ADR-13): nothing is left; or others waited, or the bytes were full. */
const nothingLeft = 404
const askAgain = new Set([408, 409])

/**
 * Reads messages page by page through an ephemeral pull consumer without acknowledgements: what was not asked for stays with
 * the server.
 * @throws StoreUnavailable, StoreRefused
 */
export async function openPages(
  connection: NatsConnection,
  streamName: string,
  { after, filters, pageMessages = usualPageMessages }: Wanted,
): Promise<Pages> {
  const { name, total, remove } = await makeConsumer(connection, streamName, after, filters)
  const inbox = createInbox()
  // A message that is larger than the bytes of a page would never come.
  const bytes = Math.max(pageBytes, 2 * (connection.info?.max_payload ?? 0))
  const request = JSON.stringify({ batch: pageMessages, max_bytes: bytes, no_wait: true })
  let expected = 1
  let over = false
  let page: Msg[] = []
  let settle: ((page: Page) => void) | undefined
  let silence: NodeJS.Timeout | undefined

  const end = (behind: Page['behind']) => {
    clearTimeout(silence)
    settle?.({ messages: page, behind })
    settle = undefined
    page = []
  }
  // Less than the server has counted is a gap, whatever it says in the end.
  const endOfAll = () => end(expected > total ? 'end' : 'broken')
  const onMessage = (message: Msg) => {
    const { consumerSequence, pending } = deliveryOf(message.reply ?? '')
    if (consumerSequence !== expected++) return end('broken')
    page.push(message)
    if (pending === 0) endOfAll()
    else if (page.length === pageMessages) end('more')
    else silence?.refresh()
  }
  const onStatus = (code: number) => {
    if (code === nothingLeft) endOfAll()
    else end(askAgain.has(code) ? 'more' : 'broken')
  }
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => {
      if (error || !settle) return
      const code = message.headers?.code
      if (code) onStatus(code)
      else onMessage(message)
    },
  })
  return {
    next: () =>
      new Promise((resolve) => {
        if (total === 0) return resolve({ messages: [], behind: 'end' })
        if (over || connection.isClosed() || connection.isDraining())
          return resolve({ messages: [], behind: 'broken' })
        settle = resolve
        silence = setTimeout(() => end('broken'), silenceMs)
        connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${streamName}.${name}`, request, { reply: inbox })
      }),
    close: () => {
      end('broken')
      if (over || connection.isClosed()) return
      over = true
      subscription.unsubscribe()
      remove()
    },
  }
}

async function makeConsumer(
  connection: NatsConnection,
  streamName: string,
  after: number | Date,
  filters: readonly string[],
): Promise<{ name: string; total: number; remove: () => void }> {
  const manager = await answered(() => jetstreamManager(connection, { checkAPI: false, timeout }))
  const { name, num_pending } = await answered(() =>
    manager.consumers.add(streamName, {
      ...startOf(after),
      ack_policy: 'none',
      filter_subjects: [...filters],
      inactive_threshold: nanos(30_000),
      max_deliver: 1,
      mem_storage: true,
      num_replicas: 1,
    }),
  )
  // One that cannot be removed now is removed by the server when nobody has asked it for a while.
  const remove = () => void manager.consumers.delete(streamName, name).catch(() => {})
  return { name, total: num_pending, remove }
}

function startOf(after: number | Date) {
  if (after instanceof Date)
    return { deliver_policy: 'by_start_time', opt_start_time: after.toISOString() } as const
  return after > 0
    ? ({ deliver_policy: 'by_start_sequence', opt_start_seq: after + 1 } as const)
    : ({ deliver_policy: 'all' } as const)
}

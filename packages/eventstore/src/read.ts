import { setTimeout as wait } from 'node:timers/promises'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { type Checkpoint, compare } from './checkpoint.ts'
import { StoreUnavailable, UnreadableEvent } from './errors.ts'
import type { ReadOptions } from './event-store.ts'
import { askLeader } from './leader.ts'
import { openPages } from './pages.ts'
import { type Decode, deliveryOf, idIn, type Identified, read, type Recorded } from './recorded.ts'
import type { Request } from './requester.ts'
import { checkFilter } from './subject.ts'

type Source = {
  connection: NatsConnection
  request: Request
  streamName: string
  /** Ends every reading, with its reason. */
  closed: AbortSignal
}

type Unreadable = 'refuse' | 'pass over'

/** How often in a row reading is begun again behind the last message without getting any further. */
const tries = 5
const pauseMs = 100

/**
 * The events under the filters that are stored when a loop over them begins, oldest first, a page ahead of whoever reads
 * them. Behind a gap or a lost consumer it goes on after the last one.
 * @param unreadable what becomes of a stored message that is no event
 * @throws StoreUnavailable, also when what was read is no part of the stream any more; UnreadableEvent; StoreRefused for
 * what is no filter; the reason of `signal`
 */
export function readStored<E extends Identified>(
  source: Source & { decode: Decode<E> },
  filters: readonly string[],
  unreadable: Unreadable,
  options: ReadOptions = {},
): AsyncIterable<Recorded<E>> {
  return { [Symbol.asyncIterator]: () => readOnce(source, filters, unreadable, options) }
}

async function* readOnce<E extends Identified>(
  source: Source & { decode: Decode<E> },
  filters: readonly string[],
  unreadable: Unreadable,
  { signal, ...options }: ReadOptions,
): AsyncGenerator<Recorded<E>, void, undefined> {
  filters.forEach(checkFilter)
  const pages = pagesOf(source, filters, signal, options)
  for await (const messages of signal ? untilAborted(pages, signal) : pages) {
    for (const message of messages) {
      signal?.throwIfAborted()
      source.closed.throwIfAborted()
      const { sequence, timestampMs } = deliveryOf(message.reply ?? '')
      // For a time behind its last message the server begins with its first.
      if (options.after instanceof Date && timestampMs < options.after.getTime()) continue
      const reading = read(message.subject, sequence, message, source.decode)
      if (reading.ok) yield reading.recorded
      else if (unreadable === 'refuse') throw new UnreadableEvent(reading.poison)
    }
  }
}

/** What a source gives, until its reader is to wait no longer: what it is waiting for itself then ends behind its back. */
async function* untilAborted<T>(
  source: AsyncGenerator<T, void, undefined>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  signal.throwIfAborted()
  let abort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    // oxlint-disable-next-line prefer-promise-reject-errors -- the reason is whatever the caller gave
    abort = () => reject(signal.reason)
  })
  aborted.catch(() => {})
  signal.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      const next = await Promise.race([source.next(), aborted])
      if (next.done) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', abort)
    void source.return().catch(() => {})
  }
}

async function* pagesOf(
  source: Source,
  filters: readonly string[],
  signal: AbortSignal | undefined,
  { after = 0, pageMessages }: Pick<ReadOptions, 'after' | 'pageMessages'>,
): AsyncGenerator<Msg[], void, undefined> {
  source.closed.throwIfAborted()
  const { history } = await compare(source.connection, source.streamName, { sequence: 0 })
  let place: Checkpoint = { sequence: 0, history }
  // What stands up to here is read, or not asked for.
  let reached = typeof after === 'number' ? after : 0
  let end = await newestOf(source, filters, after)
  for (let left = tries; reached < end; left--) {
    signal?.throwIfAborted()
    source.closed.throwIfAborted()
    if (left === 0) throw new StoreUnavailable('reading from the event store was broken off')
    if (left < tries) await wait(pauseMs)
    const pages = await openPages(source.connection, source.streamName, {
      after: place.sequence > 0 ? place.sequence : after,
      filters,
      pageMessages,
    })
    signal?.addEventListener('abort', pages.close, { once: true })
    try {
      for (let page = await pages.next(); ;) {
        // Ended by it, the page is a broken one.
        signal?.throwIfAborted()
        const ahead = page.behind === 'more' ? pages.next() : undefined
        const last = page.messages.at(-1)
        if (last) {
          left = tries
          place = placeOf(last, history)
          reached = place.sequence
          yield reached > end ? upTo(end, page.messages) : page.messages
        }
        if (reached >= end) return
        if (!ahead) break
        page = await ahead
      }
    } finally {
      signal?.removeEventListener('abort', pages.close)
      pages.close()
    }
    const { isPart } = await compare(source.connection, source.streamName, place)
    if (!isPart) throw new StoreUnavailable('events were lost while they were read')
    // Those at the end may be erased by now; else the replica that gave the pages is behind.
    end = Math.min(end, await newestOf(source, filters, after))
  }
}

/** Where what is asked for ends, as the leader has it; 0 where nothing is. */
async function newestOf(source: Source, filters: readonly string[], after: number | Date): Promise<number> {
  const newest = await Promise.all(filters.map((filter) => askLeader(source, { last_by_subj: filter })))
  const asked = newest.map((message) => {
    if (!message || (after instanceof Date && message.storedAtMs < after.getTime())) return 0
    return message.sequence
  })
  return Math.max(0, ...asked)
}

const sequenceOf = (message: Msg) => deliveryOf(message.reply ?? '').sequence

const upTo = (sequence: number, messages: readonly Msg[]) =>
  messages.filter((message) => sequenceOf(message) <= sequence)

function placeOf(message: Msg, history: string): Checkpoint {
  const sequence = sequenceOf(message)
  const id = idIn(message.string())
  return { sequence, history, ...(id === undefined ? {} : { newest: { sequence, id } }) }
}

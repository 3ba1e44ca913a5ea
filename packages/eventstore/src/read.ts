import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { type Checkpoint, compare, type Comparison } from './checkpoint.ts'
import { StoreUnavailable, UnreadableEvent } from './errors.ts'
import type { ReadOptions } from './event-store.ts'
import { openPages } from './pages.ts'
import { type Decode, deliveryOf, idIn, type Identified, read, type Recorded } from './recorded.ts'
import { checkFilter } from './subject.ts'

type Source = { connection: NatsConnection; streamName: string }

/** How often in a row reading is begun again behind the last message without getting any further. */
const tries = 3

/**
 * The events under the filters that are stored now, oldest first, a page ahead of whoever reads them. Behind a gap or a lost
 * consumer it goes on after the last one.
 * @param unreadable what becomes of a stored message that is no event
 * @throws StoreUnavailable, also when what was read is no part of the stream any more; UnreadableEvent; StoreRefused for
 * what is no filter; the reason of `signal`
 */
export async function* readStored<E extends Identified>(
  source: Source & { decode: Decode<E> },
  filters: readonly string[],
  unreadable: 'refuse' | 'pass over',
  { signal }: ReadOptions = {},
): AsyncGenerator<Recorded<E>, void, undefined> {
  filters.forEach(checkFilter)
  signal?.throwIfAborted()
  const end = await compare(source.connection, source.streamName, { sequence: 0 })
  for await (const messages of pagesTo(source, filters, end, signal)) {
    for (const message of messages) {
      signal?.throwIfAborted()
      const { sequence } = deliveryOf(message.reply ?? '')
      if (sequence > end.lastSequence) return
      const reading = read(message.subject, sequence, message, source.decode)
      if (reading.ok) yield reading.recorded
      else if (unreadable === 'refuse') throw new UnreadableEvent(reading.poison)
    }
  }
}

async function* pagesTo(
  source: Source,
  filters: readonly string[],
  { history, lastSequence }: Comparison,
  signal: AbortSignal | undefined,
): AsyncGenerator<Msg[], void, undefined> {
  let place: Checkpoint = { sequence: 0, history }
  for (let left = tries; place.sequence < lastSequence; left--) {
    if (left === 0) throw new StoreUnavailable('reading from the event store was broken off')
    const pages = await openPages(source.connection, source.streamName, { after: place.sequence, filters })
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
          yield page.messages
        }
        if (page.behind === 'end') return
        if (!ahead) break
        page = await ahead
      }
    } finally {
      signal?.removeEventListener('abort', pages.close)
      pages.close()
    }
    const { isPart } = await compare(source.connection, source.streamName, place)
    if (!isPart) throw new StoreUnavailable('events were lost while they were read')
  }
}

function placeOf(message: Msg, history: string): Checkpoint {
  const { sequence } = deliveryOf(message.reply ?? '')
  const id = idIn(message.string())
  return { sequence, history, ...(id === undefined ? {} : { newest: { sequence, id } }) }
}

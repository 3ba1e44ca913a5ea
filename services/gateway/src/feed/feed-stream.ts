import { once } from 'node:events'
import { describeFailure, type JobEvent, JobFailure, type JobProgressed } from '@pdf-smaller/contracts'
import { type FeedEnd, feedEnded } from '@pdf-smaller/contracts/http'
import type { ServerResponse } from 'node:http'
import { beginEvents } from '../http/event-stream.ts'

/** How long a response that has ended may take to reach its client. */
const lingerMs = 5000

/** Server-sent events on a response (WHATWG HTML, section 9.2), no more of them than the client takes. */
export type FeedStream = {
  /** @throws JobFailure feed_too_slow when there is no room for the next one in time */
  send: (sequence: number, event: JobEvent) => Promise<void>
  /** Sends what may be left out, if there is room. */
  offer: (event: JobProgressed) => void
  /** Shows that the stream lives, and moves the id of the client on. */
  beat: (place: number | undefined) => void
  /** Tells why it ends where there is a reason, behind what waits already; a client that does not take it is left after a while. */
  end: (reason?: JobFailure) => void
}

/**
 * @param stallMs how long the client may take nothing
 * @param signal ends the waiting for it
 */
export function openFeedStream(
  response: ServerResponse,
  headers: Record<string, string>,
  { stallMs, signal }: { stallMs: number; signal: AbortSignal },
): FeedStream {
  beginEvents(response, headers)
  const write = (text: string) => response.writableEnded || response.destroyed || response.write(text)
  return {
    send: async (sequence, event) => {
      const isRoom = write(`id: ${sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      if (!isRoom) await drained(response, stallMs, signal)
    },
    offer: (event) => {
      if (!response.writableNeedDrain) write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    },
    beat: (place) => {
      if (response.writableNeedDrain) return
      write(place === undefined ? ': alive\n\n' : `: alive\nid: ${place}\n\n`)
    },
    end: (reason) => {
      if (reason) {
        const told: FeedEnd = { failure: describeFailure(reason.code, reason.why) }
        write(`event: ${feedEnded}\ndata: ${JSON.stringify(told)}\n\n`)
      }
      response.end()
      const timer = setTimeout(() => response.destroy(), lingerMs)
      response.once('close', () => clearTimeout(timer))
    },
  }
}

/** Of so many equal parts of the time there must be a turn of this process each: one that stood still blames no client. */
const looks = 4

/** Resolves when the client has taken what was sent, or is gone, or the signal aborts. */
async function drained(response: ServerResponse, stallMs: number, signal: AbortSignal): Promise<void> {
  const settled = new AbortController()
  const either = AbortSignal.any([signal, settled.signal])
  let looked = 0
  const timer = setInterval(() => {
    looked += 1
    if (looked === looks) settled.abort()
  }, stallMs / looks)
  try {
    await Promise.race(['drain', 'close'].map((event) => once(response, event, { signal: either })))
  } catch {
    if (!signal.aborted) throw new JobFailure('feed_too_slow', `nothing was taken for ${stallMs / 1000} s`)
  } finally {
    clearInterval(timer)
    settled.abort()
  }
}

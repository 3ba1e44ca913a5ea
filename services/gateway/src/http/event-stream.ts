import type { StreamedEvent } from '@pdf-smaller/contracts/http'
import type { ServerResponse } from 'node:http'

/** What waits to be sent to one client, bytes: beyond the first mark progress is dropped, beyond the second the stream ends. */
const dropProgressAt = 64 * 1024
const giveUpAt = 1024 * 1024
const heartbeatMs = 15_000

export type EventStream = {
  /** An event that the client is to get, and can resume after. */
  send: (sequence: number, type: StreamedEvent['event'], json: string) => void
  /** An event that may be left out. */
  sendIfRoom: (type: StreamedEvent['event'], json: string) => void
  end: () => void
}

/** Begins an answer of server-sent events (WHATWG HTML, section 9.2). */
export function beginEvents(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    // Proxies like nginx would hold the events back.
    'x-accel-buffering': 'no',
  })
  response.write('retry: 2000\n\n')
}

/** Server-sent events on a response. A slow client never makes the server hold much for it. */
export function openEventStream(
  response: ServerResponse,
  headers: Record<string, string>,
  onClose: () => void,
): EventStream {
  beginEvents(response, headers)
  const heartbeat = setInterval(() => write(': alive\n\n'), heartbeatMs)
  const write = (text: string) => {
    if (response.writableEnded || response.destroyed) return
    if (response.writableLength > giveUpAt) response.destroy()
    else response.write(text)
  }
  response.once('close', () => {
    clearInterval(heartbeat)
    onClose()
  })
  return {
    send: (sequence, type, json) => write(`id: ${sequence}\nevent: ${type}\ndata: ${json}\n\n`),
    sendIfRoom: (type, json) => {
      if (response.writableLength < dropProgressAt) write(`event: ${type}\ndata: ${json}\n\n`)
    },
    end: () => response.end(),
  }
}

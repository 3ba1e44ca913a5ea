import type { Route } from '@pdf-smaller/contracts/http'
import { createParser } from 'eventsource-parser'
import type { Asking, Http } from './http.ts'
import { UnreachableError } from './problem.ts'

/** A server-sent event; without data it only says that everything up to its id has been told. */
export type ServerSent = { id: string | undefined; type: string | undefined; data: string | undefined }

/** The service sends something every 15 s; a connection that is silent for longer is lost. */
const usualSilenceMs = 45_000

export type Listening = {
  signal?: AbortSignal | undefined
  silenceMs?: number | undefined
}

/**
 * Reads the server-sent events of an answer until that ends; no faster than they are taken.
 * @throws ProblemError, UnreachableError, also after a silence; the reason of `signal`
 */
export async function* serverSentEvents<R extends Route>(
  http: Http,
  route: R,
  asking: Asking<R>,
  { signal, silenceMs = usualSilenceMs }: Listening,
): AsyncGenerator<ServerSent, void, undefined> {
  const silence = new AbortController()
  const lost = new UnreachableError(`the connection was silent for ${silenceMs / 1000} s`)
  const either = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal
  const listening = async <T>(answer: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => silence.abort(lost), silenceMs)
    try {
      return await answer
    } finally {
      clearTimeout(timer)
    }
  }
  const { feed, taken } = openParsing()
  const headers = { ...asking.headers, accept: 'text/event-stream' }
  const response = await listening(http.request(route, { ...asking, headers, signal: either, once: true }))
  const chunks = http.body(response, either)
  try {
    for (;;) {
      const { done, value } = await listening(chunks.next())
      if (done) return
      feed(value)
      for (const event of taken()) {
        yield event
        // Who has ended the reading is told nothing more, however much of it is here.
        signal?.throwIfAborted()
      }
    }
  } finally {
    await chunks.return(undefined)
  }
}

/** Bytes to events. An id counts once its whole event is there, or all of a block without one. */
function openParsing() {
  let told: ServerSent[] = []
  const parser = createParser({
    onId: (id) => told.push({ id, type: undefined, data: undefined }),
    onEvent: ({ id, event: type, data }) => {
      // Its id was told just before.
      if (id !== undefined) told.pop()
      told.push({ id, type, data })
    },
  })
  const text = new TextDecoder()
  return {
    feed: (chunk: Uint8Array) => parser.feed(text.decode(chunk, { stream: true })),
    taken: () => {
      const all = told
      told = []
      return all
    },
  }
}

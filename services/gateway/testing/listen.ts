import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** A reader of server-sent events; `told` grows as they arrive. */
export type Listener = {
  told: EventSourceMessage[]
  /** The newest id, with or without an event. */
  lastId: () => string | undefined
  status: Promise<number>
  /** Resolves when the stream has ended, or was left. */
  ended: Promise<void>
  leave: () => Promise<void>
}

export function listen(url: string, headers: Record<string, string> = {}): Listener {
  const told: EventSourceMessage[] = []
  const leaving = new AbortController()
  let lastId: string | undefined
  const parser = createParser({ onEvent: (event) => told.push(event), onId: (id) => (lastId = id) })
  const answer = fetch(url, { headers, signal: leaving.signal })
  const read = async () => {
    try {
      const { body } = await answer
      for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) parser.feed(text)
    } catch (error) {
      if (!leaving.signal.aborted) throw error
    }
  }
  const ended = read()
  return {
    told,
    lastId: () => lastId,
    status: answer.then(({ status }) => status),
    ended,
    leave: () => {
      leaving.abort()
      return ended
    },
  }
}

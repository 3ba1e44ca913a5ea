import { JobProgressed, type Progress } from '@pdf-smaller/contracts'
import { createParser } from 'eventsource-parser'

/** What a live stream tells. */
export type News =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'event'; type: string; sequence: string }

/**
 * Reads a stream of server-sent events to its end.
 * @param after resumes behind this event (`Last-Event-ID`)
 * @returns the id of the last stored event seen
 */
export async function follow(
  open: (headers: Record<string, string>) => Promise<Response>,
  after: string,
  onNews: (news: News) => void,
): Promise<string> {
  let last = after
  const response = await open({ accept: 'text/event-stream', ...(after ? { 'last-event-id': after } : {}) })
  const parser = createParser({
    onEvent: ({ id, event = '', data }) => {
      if (id) {
        last = id
        return onNews({ kind: 'event', type: event, sequence: id })
      }
      const progressed = JobProgressed.safeParse(JSON.parse(data))
      if (progressed.success) onNews({ kind: 'progress', progress: progressed.data.data })
    },
  })
  const text = new TextDecoder()
  try {
    for await (const chunk of response.body ?? []) parser.feed(text.decode(chunk, { stream: true }))
  } catch {
    // A lost connection: the caller opens another one behind the last event.
  }
  return last
}

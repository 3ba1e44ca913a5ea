import type { StreamToken as Token } from '@pdf-smaller/contracts/http'
import { ask, knockAt } from './ask.ts'
import { FeedEvent, type Told } from './feed-event.ts'
import { apiKey } from './key.ts'
import { partOf, z } from './parts.ts'
import { asTrouble, jsonOf } from './trouble.ts'

const StreamToken = partOf<Token>()(z.object({ token: z.string() }))

const kinds = ['requested', 'started', 'retry-scheduled', 'attempt-due', 'completed', 'failed', 'cancelled']
const types = [...kinds, 'corrected', 'expired', 'erased', 'progressed'].map(
  (kind) => `pdfsmaller.job.${kind}.v1`,
)

/** Between tries to connect again, ms; longer each time. */
const firstPause = 1000
const longestPause = 30_000

export type Listener = {
  onEvent: (told: Told) => void
  /** Whether events arrive. */
  onLive: (live: boolean) => void
  /** Events come from here on, and not from behind the last that was told: what is known has to be read anew. */
  onAnew: () => void
}

/**
 * All events of the tenant from now on. A lost connection is made anew behind the last event that was told, with a new token
 * where the server asks for a key. While nobody sees the page it is not connected.
 * @returns ends it
 */
export function openFeed(listener: Listener): () => void {
  let source: EventSource | undefined
  /** The first sequence that was not told yet. */
  let next: number | undefined
  let failures = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const disconnect = () => {
    clearTimeout(pause)
    source?.close()
    source = undefined
  }
  const comeAgain = () => {
    disconnect()
    listener.onLive(false)
    const ms = Math.min(longestPause, firstPause * 2 ** failures)
    failures += 1
    pause = setTimeout(() => void connect(), ms)
  }
  const onOpen = () => {
    failures = 0
    listener.onLive(true)
    if (next === undefined) listener.onAnew()
  }
  const onError = async () => {
    // The browser's own return would show an old token, and cannot say why it was refused.
    comeAgain()
    if (await isPlaceLost(next)) next = undefined
  }
  const onEnd = ({ data }: MessageEvent<string>) => {
    if (data.includes('"position_lost"')) next = undefined
    comeAgain()
  }
  const tell = ({ data, lastEventId, type }: MessageEvent<string>) => {
    const sequence = type.endsWith('.progressed.v1') ? undefined : Number(lastEventId)
    if (sequence !== undefined) next = sequence + 1
    const parsed = FeedEvent.safeParse(jsonOf(data))
    if (parsed.success) listener.onEvent({ sequence, event: parsed.data })
  }
  const connect = async () => {
    if (isClosed || document.hidden) return undefined
    if (!('EventSource' in globalThis)) return listener.onLive(false)
    const address = await addressOf(next).catch(comeAgain)
    if (isClosed || address === undefined) return undefined
    disconnect()
    source = new EventSource(address)
    source.addEventListener('open', onOpen)
    source.addEventListener('error', () => void onError())
    source.addEventListener('pdfsmaller.feed.ended.v1', onEnd)
    for (const type of types) source.addEventListener(type, tell)
  }
  const onVisibility = () => (document.hidden ? disconnect() : void connect())

  document.addEventListener('visibilitychange', onVisibility)
  void connect()
  return () => {
    isClosed = true
    document.removeEventListener('visibilitychange', onVisibility)
    disconnect()
  }
}

const feedFrom = (from: number | undefined, more: Record<string, string>) =>
  `/api/events?${new URLSearchParams({ ...(from === undefined ? {} : { from: String(from) }), ...more })}`

/** EventSource sends no key, so a token that lives for minutes stands in for it. */
async function addressOf(from: number | undefined): Promise<string> {
  if (!apiKey.value) return feedFrom(from, { progress: 'true' })
  const { token } = await ask('/api/stream-tokens', StreamToken, { method: 'POST', json: {} })
  return feedFrom(from, { progress: 'true', token })
}

/** EventSource does not tell why it was refused. */
async function isPlaceLost(from: number | undefined): Promise<boolean> {
  if (from === undefined) return false
  const refused = await knockAt(feedFrom(from, { live: 'false' })).catch(asTrouble)
  return refused?.code === 'position_lost'
}

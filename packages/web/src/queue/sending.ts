import { asTrouble } from '../api/trouble.ts'
import { files } from './brought.ts'
import { change, entries, entryOf } from './entries.ts'
import { dueUploads, type Entry } from './entry.ts'
import { changeAndKeep, keeping, setWay } from './keep.ts'
import { sendFile } from './send-file.ts'
import { alone, haveLocks, say } from './tabs.ts'

/** What is being sent here, or waits for the tab that does. */
const stops = new Map<string, AbortController>()

export const isSending = (id: string): boolean => stops.has(id)

export const stopSending = (id: string): void => stops.get(id)?.abort()

export function stopAll(): void {
  for (const stopping of stops.values()) stopping.abort()
}

/** Begins with what is to be sent now. */
export function sendDue(): void {
  for (const entry of dueUploads(entries.peek())) void send(entry)
}

/** Sends a file, once no other tab does. */
export async function send({ id, name }: Entry): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  stops.set(id, stopping)
  // No two tabs begin at the same time.
  const since = Date.now() + Math.random()
  change(id, { way: { kind: 'sending', sent: 0, since } })
  try {
    await alone(`upload ${id}`, () => sendAlone(id, name, since, signal), signal)
  } catch (error) {
    if (signal.aborted) return
    const { title, message, code, retryable } = asTrouble(error)
    void setWay(id, { kind: 'refused', told: { title, message, code, retryable } })
  } finally {
    // It may be under way again already.
    if (stops.get(id) === stopping) stops.delete(id)
  }
  sendDue()
}

async function sendAlone(id: string, name: string, since: number, signal: AbortSignal): Promise<void> {
  const way = await keeping().wayOf(id)
  signal.throwIfAborted()
  // Another tab has got through with it meanwhile. That it was refused once, perhaps for want of a key, says nothing of now.
  if (way?.kind === 'sent' || way?.kind === 'submitted') return change(id, { way })
  const brought = files.get(id)
  if (!brought) return setWay(id, { kind: 'lost' })
  void setWay(id, { kind: 'sending', sent: 0, since })
  const onSent = (sent: number) => {
    const changes: Partial<Entry> = { way: { kind: 'sending', sent, since } }
    change(id, changes)
    say({ kind: 'changed', id, changes })
  }
  const { uploadId, contentType } = await sendFile(brought.file, name, { onSent, signal })
  await changeAndKeep(id, { contentType, way: { kind: 'sent', uploadId } })
}

/** Where the browser has no locks, whoever has begun first sends it. @param since when another tab has begun */
export function isSentHere(id: string, since: number): boolean {
  const way = entryOf(id)?.way
  if (haveLocks() || way?.kind !== 'sending' || !stops.has(id)) return false
  if (way.since <= since) return true
  stops.get(id)?.abort()
  return false
}

// Others go on with what is under way here; where the browser has locks, it tells them by itself.
addEventListener('pagehide', () => {
  if (!haveLocks())
    for (const id of stops.keys()) say({ kind: 'changed', id, changes: { way: { kind: 'waiting' } } })
})

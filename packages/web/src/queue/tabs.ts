import type { Brought } from './brought.ts'
import type { Entry } from './entry.ts'

/** What the tabs of a browser tell each other of the queue that they share. */
export type Said =
  | { kind: 'added'; entry: Entry; brought: Brought | undefined }
  | { kind: 'changed'; id: string; changes: Partial<Entry> }
  | { kind: 'removed'; id: string }
  /** A tab has forgotten its key, and with that all that the browser had kept for it. */
  | { kind: 'left'; owner: string }

const channel = openChannel()

/** Says something to other tabs; to nobody where the browser has no channels between tabs. */
export function say(said: Said): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- channels reach one origin alone
  channel?.postMessage(said)
}

/** Hears what other tabs say from now on. */
export function listen(hear: (said: Said) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<Said>) => hear(data))
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('pdf-smaller-queue')
  } catch {
    return undefined
  }
}

let areLocksDenied = false

/**
 * Browsers have locks where the page comes by HTTPS or from this machine (Web Locks API, W3C), and deny them to a page that may
 * keep nothing; that is known once one was asked for.
 */
export const haveLocks = (): boolean => 'locks' in navigator && !areLocksDenied

/**
 * Does something that no other tab does at the same time: waits until a tab that does has ended it or was closed. Without locks
 * it is done at once.
 * @throws what the act throws; the reason of the signal when that aborts
 */
export async function alone<T>(what: string, act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!haveLocks()) return act()
  try {
    return await navigator.locks.request(`pdf-smaller ${what}`, signal ? { signal } : {}, act)
  } catch (error) {
    if (!isDenial(error)) throw error
    areLocksDenied = true
    return act()
  }
}

const isDenial = (error: unknown) => error instanceof DOMException && error.name === 'SecurityError'

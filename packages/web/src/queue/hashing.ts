// oxlint-disable-next-line import/default -- the build makes it
import address from './sha256.worker.ts?worker&url'

/** The SHA-256 of a file in hexadecimal; undefined where no worker could work it out. */
export type Hashing = (id: string, file: Blob) => Promise<string | undefined>

/** One worker hashes all files, one after the other. */
export function openHashing(): Hashing {
  const waiting = new Map<string, (sha256: string | undefined) => void>()
  const worker = startWorker()
  worker?.addEventListener('message', ({ data }: MessageEvent<{ id: string; sha256?: string }>) => {
    waiting.get(data.id)?.(data.sha256)
    waiting.delete(data.id)
  })
  worker?.addEventListener('error', () => {
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  })
  return (id, file) =>
    new Promise((resolve) => {
      if (!worker) return resolve(undefined)
      waiting.set(id, resolve)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
      worker.postMessage({ id, file })
    })
}

function startWorker(): Worker | undefined {
  try {
    const policy = window.trustedTypes?.createPolicy('page-worker', {
      // This page starts this one script, and no other.
      createScriptURL: () => address,
    })
    return new Worker(policy?.createScriptURL(address) ?? address, { type: 'module' })
  } catch {
    return undefined
  }
}

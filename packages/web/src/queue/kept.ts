import { type Entry, isOld, type Way } from './entry.ts'

/** What is kept of an entry over a reload, and its file where the browser can keep that. */
export type Kept = {
  entry: Entry
  /** Of smaller files a copy; of others the handle, which the visitor has to allow again. */
  file?: File | undefined
  handle?: FileSystemFileHandle | undefined
}

/** Larger files are kept as handles: a copy would take as much room again. */
const largestCopy = 64 * 1024 * 1024

/** A browser that takes longer is one that keeps nothing, ms. */
const longestWait = 5000

/** The queue in IndexedDB. A browser that keeps nothing has a queue all the same, until it is closed. */
export type Keeping = {
  all: () => Promise<Kept[]>
  /** How far an entry was when it was last kept. */
  wayOf: (id: string) => Promise<Way | undefined>
  /** Resolves when it is kept, or the browser does not keep it. */
  put: (kept: Kept) => Promise<void>
  /** Resolves when it is forgotten. */
  remove: (id: string) => Promise<void>
}

export function openKeeping(): Keeping {
  const database = open()
  const store = async (mode: IDBTransactionMode) =>
    (await database)?.transaction('entries', mode).objectStore('entries')
  const ignore = () => {}
  const remove = async (id: string) => {
    const found = await store('readwrite').catch(ignore)
    if (found) await settled(found.delete(id)).catch(ignore)
  }
  return {
    all: async () => {
      const found = await store('readonly').catch(ignore)
      const kept = (found && (await settled<Kept[]>(found.getAll()).catch(ignore))) ?? []
      for (const { entry } of kept) if (isOld(entry, Date.now())) void remove(entry.id)
      return kept
    },
    wayOf: async (id) => {
      const found = await store('readonly').catch(ignore)
      const kept = found && (await settled<Kept | undefined>(found.get(id)).catch(ignore))
      return kept?.entry.way
    },
    put: async ({ entry, file, handle }) => {
      const copy = file && file.size <= largestCopy ? file : undefined
      const kept: Kept = { entry, file: copy, handle: copy ? undefined : handle }
      await store('readwrite')
        .then((found) => found && settled(found.put(kept, entry.id)))
        .catch(ignore)
    },
    remove,
  }
}

async function open(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open('pdf-smaller', 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('entries'))
    return await settled(request)
  } catch {
    return undefined
  }
}

/** @throws where the browser keeps nothing, or does not say so within a time */
function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('the browser does not answer')), longestWait)
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')))
  })
}

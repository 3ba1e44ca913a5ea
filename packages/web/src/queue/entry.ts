import type { Trouble } from '../api/trouble.ts'

/** What of a refusal is kept. */
export type Told = Pick<Trouble, 'title' | 'message' | 'code'>

/** How far a file is on its way to the service. */
export type Way =
  | { kind: 'waiting' }
  | { kind: 'sending'; sent: number }
  | { kind: 'sent'; uploadId: string }
  | { kind: 'refused'; told: Told }
  /** The page was loaded anew, and the browser has not kept the file: it has to be chosen again. */
  | { kind: 'lost' }
  | { kind: 'stopped' }
  | { kind: 'submitted'; jobId: string }

/** A file that the visitor has brought. */
export type Entry = {
  id: string
  name: string
  size: number
  /** As the browser guesses it, by its name. */
  contentType: string
  lastModified: number
  way: Way
  /** Hexadecimal; absent until it is worked out, and where that fails. */
  sha256?: string | undefined
}

/** Files that are sent at once. */
export const mostAtOnce = 3

/** Entries whose upload is to begin now, in the order in which they came. */
export function dueUploads(entries: readonly Entry[]): Entry[] {
  const sending = entries.filter(({ way }) => way.kind === 'sending').length
  return entries.filter(({ way }) => way.kind === 'waiting').slice(0, Math.max(0, mostAtOnce - sending))
}

/** Whether everything that can go is with the service, and there is something to ask a job for. */
export function isReady(entries: readonly Entry[]): boolean {
  return entries.length > 0 && entries.every(({ way }) => way.kind === 'sent')
}

/** Entries that a job can still be asked for: those that were not handed in. */
export const openEntries = (entries: readonly Entry[]) =>
  entries.filter(({ way }) => way.kind !== 'submitted')

/** What a page that is loaded again makes of an entry: what was under way begins anew, if the file is still there. */
export function afterReload(entry: Entry, hasFile: boolean): Entry {
  const { kind } = entry.way
  if (kind === 'sending' || kind === 'waiting')
    return { ...entry, way: { kind: hasFile ? 'waiting' : 'lost' } }
  if (kind === 'refused' || kind === 'stopped') return hasFile ? entry : { ...entry, way: { kind: 'lost' } }
  return entry
}

/** Whether a file that is chosen again is the one that was lost. */
export function isSame(entry: Entry, file: Pick<File, 'name' | 'size' | 'lastModified'>): boolean {
  return entry.name === file.name && entry.size === file.size && entry.lastModified === file.lastModified
}
